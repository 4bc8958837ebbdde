output "task_definition" {
  description = "Family and revision to start."
  value       = "${aws_ecs_task_definition.this.family}:${aws_ecs_task_definition.this.revision}"
}

output "security_group_id" {
  description = "Security group to start it with."
  value       = aws_security_group.this.id
}
