output "service_name" {
  description = "Name of the ECS service."
  value       = module.fargate.service_name
}

output "security_group_id" {
  description = "Security group of the tasks."
  value       = module.fargate.security_group_id
}

output "container" {
  description = "The container as it is in the task definition."
  value       = module.fargate.container
}
