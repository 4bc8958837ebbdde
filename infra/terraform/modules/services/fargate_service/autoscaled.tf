# The same service once more, because whether Terraform leaves desired_count alone cannot depend on a variable.
resource "aws_ecs_service" "autoscaled" {
  count           = var.autoscaling == null ? 0 : 1
  name            = var.name
  cluster         = var.cluster.arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.replicas

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  availability_zone_rebalancing      = var.az_rebalancing ? "ENABLED" : "DISABLED"
  enable_execute_command             = var.exec
  platform_version                   = "LATEST"
  propagate_tags                     = "SERVICE"
  wait_for_steady_state              = var.wait_for_steady_state

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
    ignore_changes       = [desired_count]

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

resource "aws_appautoscaling_target" "this" {
  count              = var.autoscaling == null ? 0 : 1
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.autoscaled[0].name}"
  min_capacity       = var.autoscaling.min
  max_capacity       = var.autoscaling.max
}

# Down more slowly than up: a task that ends serves for a ttl more, and one that starts takes a ttl to be found.
resource "aws_appautoscaling_policy" "cpu" {
  count              = var.autoscaling == null ? 0 : 1
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscaling.cpu
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
