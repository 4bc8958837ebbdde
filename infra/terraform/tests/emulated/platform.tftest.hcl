# Needs an AWS account to read from, or an emulated one: Terraform's mocks know no ephemeral resources, and the root module
# has one. Nothing is made.
variables {
  wait_for_steady_state = false
}

run "plans_three_of_one_and_one_of_the_other" {
  command = plan

  assert {
    condition     = output.names == ["stock-service.trading-platform.local", "signal-processing-service.trading-platform.local"]
    error_message = "The services have other names."
  }
  assert {
    condition     = output.monthly_cost.total == "44.83"
    error_message = "The month costs ${output.monthly_cost.total}."
  }
}

run "warns_of_more_tasks_than_one_answer_names" {
  command = plan
  variables { stock_service = { replicas = 9 } }
  expect_failures = [check.records]
}

run "refuses_a_region_that_is_none" {
  command = plan
  variables { region = "virginia" }
  expect_failures = [var.region]
}

run "refuses_a_name_with_an_underscore" {
  command = plan
  variables { name = "trading_platform" }
  expect_failures = [var.name]
}

run "refuses_a_namespace_of_one_label" {
  command = plan
  variables { namespace = "local" }
  expect_failures = [var.namespace]
}

run "refuses_a_ttl_of_two_minutes" {
  command = plan
  variables { dns_ttl = 120 }
  expect_failures = [var.dns_ttl]
}

run "refuses_a_negative_ttl_of_0" {
  command = plan
  variables { dns_negative_ttl = 0 }
  expect_failures = [var.dns_negative_ttl]
}

run "refuses_a_range_that_is_too_small" {
  command = plan
  variables { vpc_cidr = "10.0.0.0/24" }
  expect_failures = [var.vpc_cidr]
}

run "refuses_a_range_that_is_too_large" {
  command = plan
  variables { vpc_cidr = "172.16.0.0/12" }
  expect_failures = [var.vpc_cidr]
}

run "refuses_minus_one_replicas" {
  command = plan
  variables { stock_service = { replicas = -1 } }
  expect_failures = [var.stock_service]
}

run "refuses_half_a_replica" {
  command = plan
  variables { signal_service = { replicas = 0.5 } }
  expect_failures = [var.signal_service]
}

run "refuses_writes_from_the_internet_by_nobody_in_particular" {
  command = plan
  variables { http_api = { writes = true } }
  expect_failures = [var.http_api]
}

run "refuses_issuer_and_key_together" {
  command = plan
  variables { stock_auth = { issuer = "https://id.example.org", secret_parameter = "/key" } }
  expect_failures = [var.stock_auth]
}

run "refuses_a_password_parameter_without_a_path" {
  command = plan
  variables { postgresql = { password_parameter = "password" } }
  expect_failures = [var.postgresql]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { secrets_kms_key_arn = "alias/mine" }
  expect_failures = [var.secrets_kms_key_arn]
}

run "refuses_an_unknown_processor" {
  command = plan
  variables { cpu_architecture = "arm" }
  expect_failures = [var.cpu_architecture]
}
