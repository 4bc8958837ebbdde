output "groups" {
  description = "Name and ARN of each log group by the last part of its name."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => { name = group.name, arn = group.arn } }
}
