locals {
  made       = var.existing == null
  vpc_id     = local.made ? aws_vpc.this[0].id : var.existing.vpc_id
  subnet_ids = local.made ? aws_subnet.public[*].id : var.existing.subnet_ids
}

data "aws_availability_zones" "available" {
  count = local.made ? 1 : 0
  state = "available"

  # VPC links of HTTP APIs do not reach it.
  exclude_zone_ids = ["use1-az3"]

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

# Both DNS settings are what a private namespace needs to be answered inside the VPC.
resource "aws_vpc" "this" {
  count                = local.made ? 1 : 0
  cidr_block           = var.cidr_block
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

# Takes over the group that AWS makes with every VPC, and leaves it without a rule.
resource "aws_default_security_group" "closed" {
  count  = local.made ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}

resource "aws_internet_gateway" "this" {
  count  = local.made ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = { Name = var.name }
}

# Public, so that tasks reach ECR, CloudWatch and SSM with an address of their own instead of a NAT gateway.
resource "aws_subnet" "public" {
  count             = local.made ? 2 : 0
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = cidrsubnet(var.cidr_block, 8, count.index + 1)
  availability_zone = data.aws_availability_zones.available[0].names[count.index]
  tags              = { Name = "${var.name}-public-${count.index + 1}" }
}

resource "aws_route_table" "public" {
  count  = local.made ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = { Name = "${var.name}-public" }
}

resource "aws_route" "internet" {
  count                  = local.made ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count          = local.made ? 2 : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

# Free of charge; the layers of images in ECR come from S3.
resource "aws_vpc_endpoint" "s3" {
  count             = local.made ? 1 : 0
  vpc_id            = aws_vpc.this[0].id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.public[0].id]
  tags              = { Name = "${var.name}-s3" }
}

data "aws_vpc" "existing" {
  count = local.made ? 0 : 1
  id    = var.existing.vpc_id

  lifecycle {
    postcondition {
      condition     = self.enable_dns_support && self.enable_dns_hostnames
      error_message = "VPC ${var.existing.vpc_id} has DNS support or DNS hostnames switched off: its private namespace would not be answered. Switch both on."
    }
  }
}

data "aws_subnet" "existing" {
  count = local.made ? 0 : length(var.existing.subnet_ids)
  id    = var.existing.subnet_ids[count.index]

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.existing.vpc_id
      error_message = "Subnet ${var.existing.subnet_ids[count.index]} belongs to ${self.vpc_id}, not to ${var.existing.vpc_id}."
    }
  }
}
