# Changes whenever the registry is made anew, even under the same id: ECS would not register its tasks in the new one.
resource "terraform_data" "registry" {
  triggers_replace = [var.registry_arn]
}

locals {
  strategy = {
    FARGATE      = [{ provider = "FARGATE", weight = 1, base = 0 }]
    FARGATE_SPOT = [{ provider = "FARGATE_SPOT", weight = 1, base = 0 }]
    MIXED = [
      { provider = "FARGATE", weight = 0, base = 1 },
      { provider = "FARGATE_SPOT", weight = 1, base = 0 },
    ]
  }[var.capacity]
}

resource "aws_ecs_service" "this" {
  count           = var.autoscaling == null ? 1 : 0
  name            = var.name
  cluster         = var.cluster.arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.replicas

  # New tasks are in DNS before old ones leave it: without a gap resolvers have nothing negative to remember.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  availability_zone_rebalancing      = var.az_rebalancing ? "ENABLED" : "DISABLED"
  enable_execute_command             = var.exec
  platform_version                   = "LATEST"
  propagate_tags                     = "SERVICE"
  wait_for_steady_state              = var.wait_for_steady_state

  # Without it the provider replaces the service, rather than changes it, when a strategy with Spot changes.
  force_new_deployment = var.capacity != "FARGATE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "capacity_provider_strategy" {
    for_each = local.strategy

    content {
      capacity_provider = capacity_provider_strategy.value.provider
      weight            = capacity_provider_strategy.value.weight
      base              = capacity_provider_strategy.value.base
    }
  }

  network_configuration {
    subnets          = var.network.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = var.network.assign_public_ip
  }

  service_registries {
    registry_arn   = var.registry_arn
    container_name = var.name
    container_port = var.port
  }

  lifecycle {
    replace_triggered_by = [terraform_data.registry]

    # Before 6.4 the provider takes a service that was rolled back for one that was deployed.
    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.this.arn
      error_message = "${var.name} runs ${self.task_definition} and not what was applied: ECS has rolled the deployment back. Why is among the service's events: aws ecs describe-services --cluster ${var.cluster.name} --services ${var.name}"
    }
  }

  depends_on = [
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.caller,
    aws_vpc_security_group_ingress_rule.caller,
  ]
}
