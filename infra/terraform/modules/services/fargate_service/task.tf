locals {
  # ECS takes a task out of DNS and stops it in the same moment; callers may use its address for one ttl more.
  drain = var.dns_ttl + var.stop.margin

  environment = merge(var.environment, {
    SERVER_PORT                              = tostring(var.port)
    DISCOVERY_SERVER_NAME                    = var.name
    DISCOVERY_SERVER_DRAIN                   = "${local.drain}s"
    SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE = "${var.stop.graceful}s"
  })

  container = {
    name                   = var.name
    image                  = var.image
    essential              = true
    user                   = "${var.user}:${var.user}"
    readonlyRootFilesystem = !var.exec
    stopTimeout            = var.stop.timeout
    environment            = [for name, value in local.environment : { name = name, value = value }]
    secrets                = [for name, arn in var.secrets : { name = name, valueFrom = arn }]
    portMappings           = [{ name = "http", containerPort = var.port, hostPort = var.port, protocol = "tcp", appProtocol = "http" }]
    mountPoints            = var.data == null ? [] : [{ sourceVolume = "data", containerPath = var.data.path, readOnly = false }]
    volumesFrom            = []

    # Outside Docker, ports below 1024 are for root unless the network namespace says otherwise.
    systemControls = [{ namespace = "net.ipv4.ip_unprivileged_port_start", value = "0" }]

    linuxParameters = {
      initProcessEnabled = true
      # sqlite-jdbc loads its library from here, so it must be executable.
      tmpfs = [{ containerPath = "/tmp", size = 64, mountOptions = ["rw", "exec", "nosuid", "nodev"] }]
    }

    # A quarter of a vCPU takes half a minute to start a JVM, and more for the first database file.
    healthCheck = {
      command     = var.health_command
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = 180
    }

    # Lines are dropped rather than requests held up when CloudWatch is slow.
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group
        awslogs-region        = var.region
        awslogs-stream-prefix = "task"
        mode                  = "non-blocking"
        max-buffer-size       = "4m"
      }
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = var.size.cpu
  memory                   = var.size.memory
  execution_role_arn       = var.roles.execution
  task_role_arn            = var.roles.task
  container_definitions    = jsonencode([local.container])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.size.architecture
  }

  dynamic "volume" {
    for_each = var.data == null ? [] : [var.data]

    content {
      name = "data"

      dynamic "efs_volume_configuration" {
        for_each = volume.value.efs == null ? [] : [volume.value.efs]

        content {
          file_system_id     = efs_volume_configuration.value.file_system_id
          transit_encryption = "ENABLED"

          authorization_config {
            access_point_id = efs_volume_configuration.value.access_point_id
            iam             = "ENABLED"
          }
        }
      }
    }
  }

  # A deployment can only be rolled back to a revision that is there, and quotes on EFS are safe while it is.
  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = local.drain + var.stop.graceful <= var.stop.timeout
      error_message = "${var.name}: a ttl of ${var.dns_ttl} s, a margin of ${var.stop.margin} s and ${var.stop.graceful} s for requests make ${local.drain + var.stop.graceful} s, but ECS kills the task after ${var.stop.timeout} s (stop.timeout, at most 120). Lower the ttl or the time for requests."
    }
  }
}
