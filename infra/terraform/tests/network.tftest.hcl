mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_data "aws_vpc" {
    defaults = { enable_dns_support = true, enable_dns_hostnames = true }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-0a1b2c3d" }
  }
}

variables {
  name   = "trading-platform"
  region = "us-east-1"
}

run "makes_two_public_subnets_in_two_zones" {
  command = plan
  module { source = "./modules/core/network" }

  assert {
    condition     = [for subnet in aws_subnet.public : "${subnet.availability_zone} ${subnet.cidr_block}"] == ["us-east-1a 10.0.1.0/24", "us-east-1b 10.0.2.0/24"]
    error_message = "The subnets are not in two zones."
  }
  assert {
    condition     = contains(data.aws_availability_zones.available[0].exclude_zone_ids, "use1-az3")
    error_message = "The API's VPC link cannot reach every zone."
  }
  assert {
    condition     = aws_vpc.this[0].enable_dns_support && aws_vpc.this[0].enable_dns_hostnames
    error_message = "The private namespace would not be answered."
  }
  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.us-east-1.s3"
    error_message = "Image layers do not come through the free endpoint of S3."
  }
  assert {
    condition     = output.assign_public_ip
    error_message = "Without NAT and without a public address a task cannot pull its image."
  }
}

run "makes_nothing_in_an_existing_vpc" {
  command = plan
  module { source = "./modules/core/network" }
  variables {
    existing = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = false }
  }
  override_data {
    target = data.aws_subnet.existing[0]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1a" }
  }
  override_data {
    target = data.aws_subnet.existing[1]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1b" }
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.public) + length(aws_vpc_endpoint.s3) + length(aws_internet_gateway.this) == 0
    error_message = "Something is made beside what is there."
  }
  assert {
    condition     = output.vpc_id == "vpc-0a1b2c3d" && output.subnet_ids == tolist(["subnet-0a1b", "subnet-2c3d"]) && !output.assign_public_ip
    error_message = "Tasks would run elsewhere than asked."
  }
}

run "refuses_a_vpc_without_dns_hostnames" {
  command = plan
  module { source = "./modules/core/network" }
  variables {
    existing = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = false }
  }
  override_data {
    target = data.aws_vpc.existing[0]
    values = { enable_dns_support = true, enable_dns_hostnames = false }
  }
  override_data {
    target = data.aws_subnet.existing[0]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1a" }
  }
  override_data {
    target = data.aws_subnet.existing[1]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1b" }
  }
  expect_failures = [data.aws_vpc.existing]
}

run "refuses_a_subnet_of_another_vpc" {
  command = plan
  module { source = "./modules/core/network" }
  variables {
    existing = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = false }
  }
  override_data {
    target = data.aws_subnet.existing[0]
    values = { vpc_id = "vpc-99999999", availability_zone = "us-east-1a" }
  }
  expect_failures = [data.aws_subnet.existing]
}

run "refuses_two_subnets_of_one_zone" {
  command = plan
  module { source = "./modules/core/network" }
  variables {
    existing = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = false }
  }
  override_data {
    target = data.aws_subnet.existing[0]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1a" }
  }
  override_data {
    target = data.aws_subnet.existing[1]
    values = { vpc_id = "vpc-0a1b2c3d", availability_zone = "us-east-1a" }
  }
  expect_failures = [output.subnet_ids]
}

run "refuses_one_subnet" {
  command = plan
  module { source = "./modules/core/network" }
  variables {
    existing = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b"], assign_public_ip = false }
  }
  expect_failures = [var.existing]
}

run "divides_the_smallest_range_into_subnets_that_aws_takes" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "192.168.16.0/20" }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["192.168.16.16/28", "192.168.16.32/28"]
    error_message = jsonencode(aws_subnet.public[*].cidr_block)
  }
}

run "refuses_a_range_whose_subnets_are_smaller_than_aws_makes" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "10.0.0.0/21" }
  expect_failures = [var.cidr_block]
}

run "refuses_a_range_larger_than_a_vpc" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "172.16.0.0/12" }
  expect_failures = [var.cidr_block]
}

run "refuses_a_public_range" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "8.8.0.0/16" }
  expect_failures = [var.cidr_block]
}

run "refuses_a_public_range_beside_a_private_one" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "172.32.0.0/16" }
  expect_failures = [var.cidr_block]
}

run "refuses_an_address_that_is_no_network" {
  command = plan
  module { source = "./modules/core/network" }
  variables { cidr_block = "10.0.1.0/16" }
  expect_failures = [var.cidr_block]
}
