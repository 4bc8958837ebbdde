output "arns" {
  description = "ARN of each repository by its name."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}

output "urls" {
  description = "URL of each repository by its name."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
