output "execution_role_arn" {
  description = "Role with which ECS starts the task."
  value       = aws_iam_role.execution.arn

  depends_on = [aws_iam_role_policy.execution]
}

output "task_role_arn" {
  description = "Role of the code in the task."
  value       = aws_iam_role.task.arn

  depends_on = [aws_iam_role_policy.task]
}
