mock_provider "aws" {}

run "cluster_knows_both_kinds_of_capacity" {
  command = plan
  module { source = "./modules/core/cluster" }
  variables { name = "trading-platform" }

  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "FARGATE or FARGATE_SPOT is missing."
  }
  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "disabled"
    error_message = "Container Insights is on although nobody asked for it."
  }
}

run "cluster_refuses_a_name_with_spaces" {
  command = plan
  module { source = "./modules/core/cluster" }
  variables { name = "trading platform" }
  expect_failures = [var.name]
}

run "logs_are_kept_for_a_fortnight" {
  command = plan
  module { source = "./modules/core/logs" }
  variables {
    prefix = "/trading-platform"
    names  = ["stock-service", "signal-processing-service"]
  }

  assert {
    condition     = { for name, group in aws_cloudwatch_log_group.this : group.name => group.retention_in_days } == { "/trading-platform/signal-processing-service" = 14, "/trading-platform/stock-service" = 14 }
    error_message = "A log group is missing, or kept for ever."
  }
}

run "logs_refuse_days_that_cloudwatch_does_not_know" {
  command = plan
  module { source = "./modules/core/logs" }
  variables {
    prefix         = "/trading-platform"
    names          = ["stock-service"]
    retention_days = 10
  }
  expect_failures = [var.retention_days]
}

run "logs_refuse_a_prefix_without_a_slash" {
  command = plan
  module { source = "./modules/core/logs" }
  variables {
    prefix = "trading-platform"
    names  = ["stock-service"]
  }
  expect_failures = [var.prefix]
}

run "ecr_tags_cannot_be_moved" {
  command = plan
  module { source = "./modules/core/ecr" }
  variables { names = ["trading-platform/stock-service"] }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE" && repository.image_scanning_configuration[0].scan_on_push])
    error_message = "A tag could come to mean another image, or images are not scanned."
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this["trading-platform/stock-service"].policy).rules[0].selection.countNumber == 10
    error_message = "Old images are kept for ever."
  }
}

run "ecr_refuses_upper_case" {
  command = plan
  module { source = "./modules/core/ecr" }
  variables { names = ["Stock"] }
  expect_failures = [var.names]
}

run "ecr_refuses_to_keep_one_image" {
  command = plan
  module { source = "./modules/core/ecr" }
  variables {
    names       = ["stock"]
    kept_images = 1
  }
  expect_failures = [var.kept_images]
}
