output "namespace_id" {
  description = "Id of the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.id
}

output "name" {
  description = "Name of the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.name
}

output "hosted_zone_id" {
  description = "Id of the Route 53 zone that Cloud Map keeps for the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.hosted_zone
}
