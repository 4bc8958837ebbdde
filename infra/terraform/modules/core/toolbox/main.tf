resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  description = "Tasks of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = { Name = var.name }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  description       = "AWS and the packages of Amazon Linux"
}

# A machine inside the VPC for an hour. ECS Exec works as root on a root file system that can be written to, which is why
# people enter this task and not those of the services.
resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 1024
  execution_role_arn       = var.roles.execution
  task_role_arn            = var.roles.task

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  container_definitions = jsonencode([{
    name            = "toolbox"
    image           = var.image
    essential       = true
    entryPoint      = ["/bin/sh", "-c"]
    command         = ["dnf install -y -q bind-utils jq && echo ready && exec sleep 3600"]
    linuxParameters = { initProcessEnabled = true }

    # The container runs before dnf has fetched anything.
    healthCheck = {
      command     = ["CMD-SHELL", "command -v dig"]
      interval    = 5
      timeout     = 3
      retries     = 3
      startPeriod = 300
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group
        awslogs-region        = var.region
        awslogs-stream-prefix = "task"
      }
    }
  }])
}
