mock_provider "aws" {}

variables {
  name             = "trading-platform-toolbox"
  region           = "us-east-1"
  vpc_id           = "vpc-0a1b2c3d"
  cpu_architecture = "ARM64"
  roles            = { execution = "arn:aws:iam::123456789012:role/execution", task = "arn:aws:iam::123456789012:role/task" }
  log_group        = "/trading-platform/toolbox"
}

run "ends_by_itself_after_an_hour" {
  command = plan
  module { source = "./modules/core/toolbox" }

  assert {
    condition     = strcontains(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command[0], "exec sleep 3600") && strcontains(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command[0], "bind-utils")
    error_message = "The toolbox has no dig, or runs, and costs, for ever."
  }
}

run "is_healthy_when_dig_is_there_and_not_before" {
  command = plan
  module { source = "./modules/core/toolbox" }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command == ["CMD-SHELL", "command -v dig"]
    error_message = "Nobody can wait for the toolbox to be of use."
  }
  assert {
    condition     = aws_ecs_task_definition.this.memory == "1024"
    error_message = "dnf may be killed for its memory."
  }
}
