output "vpc_id" {
  description = "Id of the VPC."
  value       = local.vpc_id
}

output "subnet_ids" {
  description = "Ids of the subnets that tasks run in."
  value       = local.subnet_ids

  precondition {
    condition     = local.made || length(distinct(data.aws_subnet.existing[*].availability_zone)) == length(data.aws_subnet.existing)
    error_message = "Two of the subnets are in one availability zone (expected: one subnet per zone, because EFS takes one mount target per zone)."
  }

  # Tasks in a subnet that has no way out yet cannot pull their image.
  depends_on = [aws_route.internet, aws_route_table_association.public, aws_vpc_endpoint.s3]
}

output "assign_public_ip" {
  description = "Whether tasks need a public IPv4 address to reach AWS."
  value       = local.made ? true : var.existing.assign_public_ip
}
