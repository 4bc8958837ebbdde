resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = var.name
  description = "Names of services inside the VPC"
  vpc         = var.vpc_id
}

# The provider has no argument for the SOA record, and Route 53 refuses changes to a zone of Cloud Map.
resource "terraform_data" "negative_ttl" {
  count            = var.negative_ttl == null ? 0 : 1
  triggers_replace = [aws_service_discovery_private_dns_namespace.this.id, var.negative_ttl]

  provisioner "local-exec" {
    command = "aws servicediscovery update-private-dns-namespace --region \"$REGION\" --id \"$NAMESPACE\" --namespace \"Properties={DnsProperties={SOA={TTL=$TTL}}}\""
    environment = {
      REGION    = var.region
      NAMESPACE = aws_service_discovery_private_dns_namespace.this.id
      TTL       = var.negative_ttl
    }
  }
}
