output "url" {
  description = "JDBC URL of the database; the server's certificate is not checked against its name."
  value       = "jdbc:postgresql://${aws_db_instance.this.endpoint}/${aws_db_instance.this.db_name}?sslmode=require"

  depends_on = [
    aws_vpc_security_group_ingress_rule.postgresql,
    aws_vpc_security_group_egress_rule.postgresql,
  ]
}

output "username" {
  description = "User that owns the database."
  value       = aws_db_instance.this.username
}
