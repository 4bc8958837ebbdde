mock_provider "aws" {}

variables {
  name           = "stock-service"
  account_id     = "123456789012"
  repository_arn = "arn:aws:ecr:us-east-1:123456789012:repository/trading-platform/stock-service"
  log_group_arn  = "arn:aws:logs:us-east-1:123456789012:log-group:/trading-platform/stock-service"
}

run "trusts_tasks_of_this_account_only" {
  command = plan
  module { source = "./modules/core/iam" }

  assert {
    condition = alltrue([for role in [aws_iam_role.execution, aws_iam_role.task] : jsondecode(role.assume_role_policy).Statement[0] == {
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }])
    error_message = "Others than ECS tasks of this account may take a role."
  }
}

run "lets_the_code_do_nothing_by_default" {
  command = plan
  module { source = "./modules/core/iam" }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "The task role may do something that nobody asked for."
  }
  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid => statement.Resource } == {
      Log    = ["arn:aws:logs:us-east-1:123456789012:log-group:/trading-platform/stock-service:*"]
      Pull   = ["arn:aws:ecr:us-east-1:123456789012:repository/trading-platform/stock-service"]
      SignIn = ["*"]
    }
    error_message = "The execution role may do more, or less, than pull its own image and write its own log."
  }
}

run "reads_named_secrets_only" {
  command = plan
  module { source = "./modules/core/iam" }
  variables {
    secret_arns = ["arn:aws:ssm:us-east-1:123456789012:parameter/trading-platform/stock-auth-secret"]
  }

  assert {
    condition = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement if statement.Sid == "Secrets"]) == {
      Action   = ["ssm:GetParameters"]
      Effect   = "Allow"
      Resource = ["arn:aws:ssm:us-east-1:123456789012:parameter/trading-platform/stock-auth-secret"]
      Sid      = "Secrets"
    }
    error_message = "ECS may read other parameters than the one named, or not that."
  }
  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "The code itself may read secrets."
  }
}

run "mounts_through_the_access_point_only" {
  command = plan
  module { source = "./modules/core/iam" }
  variables {
    file_system = {
      arn              = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1"
      access_point_arn = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1"
    }
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.task[0].policy).Statement == [{
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1" } }
      Effect    = "Allow"
      Resource  = ["arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1"]
      Sid       = "Mount"
    }]
    error_message = "The task may mount more than its access point, or as root."
  }
}

run "opens_the_channels_of_ecs_exec_only_when_asked" {
  command = plan
  module { source = "./modules/core/iam" }
  variables { exec = true }

  assert {
    condition     = alltrue([for action in jsondecode(aws_iam_role_policy.task[0].policy).Statement[0].Action : startswith(action, "ssmmessages:")]) && length(jsondecode(aws_iam_role_policy.task[0].policy).Statement[0].Action) == 4
    error_message = "ECS Exec needs four actions of ssmmessages, and no others."
  }
}

run "refuses_a_name_in_place_of_an_arn" {
  command = plan
  module { source = "./modules/core/iam" }
  variables { secret_arns = ["/trading-platform/stock-auth-secret"] }
  expect_failures = [var.secret_arns]
}

run "refuses_a_name_with_a_slash" {
  command = plan
  module { source = "./modules/core/iam" }
  variables { name = "a/b" }
  expect_failures = [var.name]
}
