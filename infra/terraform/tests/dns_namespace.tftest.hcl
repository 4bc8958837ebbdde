mock_provider "aws" {}

variables {
  name   = "trading-platform.local"
  vpc_id = "vpc-0a1b2c3d"
  region = "us-east-1"
}

run "is_private_to_the_vpc" {
  command = plan
  module { source = "./modules/core/dns_namespace" }

  assert {
    condition     = aws_service_discovery_private_dns_namespace.this.name == "trading-platform.local" && aws_service_discovery_private_dns_namespace.this.vpc == "vpc-0a1b2c3d"
    error_message = "The namespace has another name or VPC than was asked for."
  }
  assert {
    condition     = length(terraform_data.negative_ttl) == 0
    error_message = "The SOA record is changed although nobody asked for it."
  }
}

run "lowers_the_negative_ttl_when_asked" {
  command = plan
  module { source = "./modules/core/dns_namespace" }
  variables { negative_ttl = 15 }

  assert {
    condition     = length(terraform_data.negative_ttl) == 1
    error_message = "Nothing changes the SOA record."
  }
}

run "refuses_a_single_label" {
  command = plan
  module { source = "./modules/core/dns_namespace" }
  variables { name = "local" }
  expect_failures = [var.name]
}

run "refuses_upper_case" {
  command = plan
  module { source = "./modules/core/dns_namespace" }
  variables { name = "Trading.local" }
  expect_failures = [var.name]
}

run "refuses_a_negative_ttl_of_a_day" {
  command = plan
  module { source = "./modules/core/dns_namespace" }
  variables { negative_ttl = 86400 }
  expect_failures = [var.negative_ttl]
}
