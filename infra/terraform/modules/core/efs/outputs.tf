output "identity" {
  description = "ARNs of the file system and of its access point, for the roles that mount it."
  value = {
    arn              = aws_efs_file_system.this.arn
    access_point_arn = aws_efs_access_point.this.arn
  }
}

output "mount" {
  description = "Ids that a task definition mounts the file system by. Known once it can be mounted."
  value = {
    file_system_id  = aws_efs_file_system.this.id
    access_point_id = aws_efs_access_point.this.id
  }

  depends_on = [
    aws_efs_mount_target.this,
    aws_efs_file_system_policy.this,
    aws_vpc_security_group_ingress_rule.nfs,
    aws_vpc_security_group_egress_rule.nfs,
  ]
}
