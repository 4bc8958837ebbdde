output "arn" {
  description = "ARN of the registry, for ECS and API Gateway."
  value       = aws_service_discovery_service.this.arn
}

output "id" {
  description = "Id of the registry."
  value       = aws_service_discovery_service.this.id
}

output "name" {
  description = "First label of the service's DNS name."
  value       = aws_service_discovery_service.this.name
}
