mock_provider "aws" {}

variables {
  name           = "stock-service"
  region         = "us-east-1"
  cluster        = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/trading-platform", name = "trading-platform" }
  network        = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = true }
  callers        = { signal-processing-service = "sg-0a1b" }
  roles          = { execution = "arn:aws:iam::123456789012:role/execution", task = "arn:aws:iam::123456789012:role/task" }
  log_group      = "/trading-platform/stock-service"
  registry_arn   = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0a1b"
  dns_ttl        = 60
  image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/trading-platform/stock-service:0.1.0"
  size           = { cpu = 256, memory = 512, architecture = "ARM64" }
  replicas       = 3
  az_rebalancing = true
}

run "registers_the_port_that_the_container_listens_on" {
  command = plan
  module { source = "./modules/services/fargate_service" }

  assert {
    condition     = one(aws_ecs_service.this[0].service_registries).registry_arn == var.registry_arn && one(aws_ecs_service.this[0].service_registries).container_name == "stock-service" && one(aws_ecs_service.this[0].service_registries).container_port == 80
    error_message = "Tasks would be registered elsewhere, or under another port."
  }
  assert {
    condition     = output.container.portMappings[0].containerPort == 80 && one([for variable in output.container.environment : variable.value if variable.name == "SERVER_PORT"]) == "80"
    error_message = "The container listens on another port than is mapped."
  }
}

run "deploys_without_a_gap_and_rolls_back" {
  command = plan
  module { source = "./modules/services/fargate_service" }

  assert {
    condition     = aws_ecs_service.this[0].deployment_minimum_healthy_percent == 100 && aws_ecs_service.this[0].deployment_maximum_percent == 200
    error_message = "Old tasks would stop before new ones are healthy."
  }
  assert {
    condition     = aws_ecs_service.this[0].deployment_circuit_breaker[0].enable && aws_ecs_service.this[0].deployment_circuit_breaker[0].rollback
    error_message = "A deployment that never gets healthy would go on for ever."
  }
  assert {
    condition     = aws_ecs_service.this[0].availability_zone_rebalancing == "ENABLED" && aws_ecs_service.this[0].desired_count == 3
    error_message = "Tasks are not spread, or not as many as asked for."
  }
}

run "is_neither_root_nor_able_to_change_its_image" {
  command = plan
  module { source = "./modules/services/fargate_service" }

  assert {
    condition     = output.container.user == "10001:10001" && output.container.readonlyRootFilesystem
    error_message = "The process is root, or may write to its image."
  }
  assert {
    condition     = output.container.linuxParameters.tmpfs[0].containerPath == "/tmp" && contains(output.container.linuxParameters.tmpfs[0].mountOptions, "exec")
    error_message = "There is no /tmp that sqlite-jdbc can load its library from."
  }
  assert {
    condition     = output.container.systemControls == [{ namespace = "net.ipv4.ip_unprivileged_port_start", value = "0" }]
    error_message = "An unprivileged process may not listen on port 80 on Fargate."
  }
}

run "serves_for_a_ttl_after_sigterm_within_the_stop_timeout" {
  command = plan
  module { source = "./modules/services/fargate_service" }

  assert {
    condition     = one([for variable in output.container.environment : variable.value if variable.name == "DISCOVERY_SERVER_DRAIN"]) == "65s" && output.container.stopTimeout == 110
    error_message = "A task would end while callers still have its address."
  }
}

run "mounts_efs_encrypted_and_with_its_role" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { data = { path = "/data", efs = { file_system_id = "fs-0a1b", access_point_id = "fsap-0a1b" } } }

  assert {
    condition     = one(one(aws_ecs_task_definition.this.volume).efs_volume_configuration).file_system_id == "fs-0a1b" && one(one(aws_ecs_task_definition.this.volume).efs_volume_configuration).transit_encryption == "ENABLED"
    error_message = "Another file system is mounted, or in plain text."
  }
  assert {
    condition     = one(one(one(aws_ecs_task_definition.this.volume).efs_volume_configuration).authorization_config).access_point_id == "fsap-0a1b" && one(one(one(aws_ecs_task_definition.this.volume).efs_volume_configuration).authorization_config).iam == "ENABLED"
    error_message = "The mount does not go through the access point, or asks for no role."
  }
}

run "writes_to_the_tasks_own_disk_without_efs" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { data = { path = "/data" } }

  assert {
    condition     = length(one(aws_ecs_task_definition.this.volume).efs_volume_configuration) == 0 && one(output.container.mountPoints).containerPath == "/data"
    error_message = "There is no directory on disk."
  }
}

run "refuses_a_stop_that_does_not_fit" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { stop = { timeout = 90 } }
  expect_failures = [aws_ecs_task_definition.this]
}

run "refuses_a_stop_that_fargate_cuts_short" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { stop = { timeout = 121 } }
  expect_failures = [var.stop]
}

run "is_called_by_name_of_a_group_only" {
  command = plan
  module { source = "./modules/services/fargate_service" }

  assert {
    condition     = { for name, rule in aws_vpc_security_group_ingress_rule.caller : name => "${rule.referenced_security_group_id} ${rule.from_port}-${rule.to_port} ${coalesce(rule.cidr_ipv4, "-")}" } == { signal-processing-service = "sg-0a1b 80-80 -" }
    error_message = "Others than the named callers come in."
  }
}

run "takes_from_aws_what_it_may_take_away" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { capacity = "MIXED" }

  assert {
    condition     = { for strategy in aws_ecs_service.this[0].capacity_provider_strategy : strategy.capacity_provider => "${strategy.base} ${strategy.weight}" } == { FARGATE = "1 0", FARGATE_SPOT = "0 1" }
    error_message = "Not one task is safe from Spot, or all are."
  }
}

run "leaves_the_number_of_tasks_to_autoscaling" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { autoscaling = { min = 2, max = 6 } }

  assert {
    condition     = length(aws_ecs_service.this) == 0 && length(aws_ecs_service.autoscaled) == 1
    error_message = "Terraform would set the number of tasks back."
  }
  assert {
    condition     = aws_appautoscaling_target.this[0].resource_id == "service/trading-platform/stock-service" && aws_appautoscaling_target.this[0].min_capacity == 2 && aws_appautoscaling_target.this[0].max_capacity == 6
    error_message = "Something else is scaled, or within other limits."
  }
}

run "opens_the_root_file_system_for_ecs_exec_only" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { exec = true }

  assert {
    condition     = aws_ecs_service.this[0].enable_execute_command && !output.container.readonlyRootFilesystem && output.container.linuxParameters.initProcessEnabled
    error_message = "ECS Exec would not work."
  }
}

run "refuses_a_size_that_fargate_does_not_offer" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { size = { cpu = 256, memory = 4096, architecture = "ARM64" } }
  expect_failures = [var.size]
}

run "refuses_a_processor_that_fargate_does_not_have" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { size = { cpu = 256, memory = 512, architecture = "RISCV" } }
  expect_failures = [var.size]
}

run "refuses_port_0" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { port = 0 }
  expect_failures = [var.port]
}

run "refuses_two_and_a_half_replicas" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { replicas = 2.5 }
  expect_failures = [var.replicas]
}

run "refuses_more_replicas_than_it_was_made_for" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { replicas = 21 }
  expect_failures = [var.replicas]
}

run "refuses_an_image_that_means_another_tomorrow" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { image = "stock-service:latest" }
  expect_failures = [var.image]
}

run "refuses_a_secret_in_the_environment" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { environment = { STOCK_AUTH_SECRET = "x" } }
  expect_failures = [var.environment]
}

run "refuses_one_role_for_both" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { roles = { execution = "arn:aws:iam::123456789012:role/one", task = "arn:aws:iam::123456789012:role/one" } }
  expect_failures = [var.roles]
}

run "refuses_root" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { user = 0 }
  expect_failures = [var.user]
}

run "refuses_an_unknown_capacity" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { capacity = "FARGAT" }
  expect_failures = [var.capacity]
}

run "refuses_to_scale_below_one" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { autoscaling = { min = 0, max = 6 } }
  expect_failures = [var.autoscaling]
}

run "refuses_a_name_that_dns_does_not_take" {
  command = plan
  module { source = "./modules/services/fargate_service" }
  variables { name = "Stock_Service" }
  expect_failures = [var.name]
}
