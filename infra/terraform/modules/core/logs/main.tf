resource "aws_cloudwatch_log_group" "this" {
  for_each          = var.names
  name              = "${var.prefix}/${each.value}"
  retention_in_days = var.retention_days
}
