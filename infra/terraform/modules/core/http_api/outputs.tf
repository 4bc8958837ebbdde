output "url" {
  description = "Public address of the API."
  value       = aws_apigatewayv2_stage.default.invoke_url
}

output "security_group_id" {
  description = "Security group of the VPC link."
  value       = aws_security_group.link.id
}
