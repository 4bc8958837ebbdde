resource "aws_service_discovery_service" "this" {
  name        = var.name
  description = "A and SRV records of the tasks of ${var.name}"

  # Otherwise an instance that ECS left behind keeps the service, and with it the namespace, from being destroyed.
  force_destroy = true

  dns_config {
    namespace_id   = var.namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = var.ttl
    }

    dns_records {
      type = "SRV"
      ttl  = var.ttl
    }
  }

  # ECS reports the container's health here. Any other threshold, or an empty block, replaces the service on each plan.
  health_check_custom_config {
    failure_threshold = 1
  }
}
