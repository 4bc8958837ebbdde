output "lines" {
  description = "USD a month, by what they are for."
  value       = { for what, usd in local.lines : what => format("%.2f", usd) }
}

output "total" {
  description = "USD a month for what is planned."
  value       = format("%.2f", local.total)
}

output "ways" {
  description = "USD a month for the same tasks with load balancers, NAT gateways and endpoints."
  value       = { for way, usd in local.ways : way => format("%.2f", usd) }
}

output "basis" {
  description = "What the figures rest on."
  value = join("", [
    "USD a month of ${local.hours} h, list prices of us-east-1 gathered on ${local.price.date}, no tax, discount or free tier. ",
    "Assumed: ${local.gb} GB each in EFS, ECR and logs. Not in it: data transfer, requests, EFS reads and writes.",
    var.database != null && local.rds == null ? " The price of ${var.database.instance_class} is not known here and is left out." : "",
  ])
}
