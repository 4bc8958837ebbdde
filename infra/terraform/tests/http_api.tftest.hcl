mock_provider "aws" {}

variables {
  name          = "trading-platform"
  vpc_id        = "vpc-0a1b2c3d"
  subnet_ids    = ["subnet-0a1b", "subnet-2c3d"]
  registry_arn  = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0a1b"
  log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/trading-platform/http-api"
}

run "reaches_the_service_through_cloud_map_and_a_vpc_link" {
  command = plan
  module { source = "./modules/core/http_api" }

  assert {
    condition     = aws_apigatewayv2_api.this.protocol_type == "HTTP" && aws_apigatewayv2_integration.service.connection_type == "VPC_LINK" && aws_apigatewayv2_integration.service.integration_uri == var.registry_arn
    error_message = "The API does not go through the VPC link to the Cloud Map service."
  }
  assert {
    condition     = aws_apigatewayv2_stage.default.default_route_settings[0].throttling_rate_limit == 50 && aws_apigatewayv2_stage.default.default_route_settings[0].throttling_burst_limit == 100
    error_message = "Callers are not limited."
  }
  assert {
    condition     = aws_apigatewayv2_stage.default.access_log_settings[0].destination_arn == var.log_group_arn
    error_message = "Requests are not logged."
  }
}

run "lets_the_internet_read_and_nothing_else" {
  command = plan
  module { source = "./modules/core/http_api" }

  assert {
    condition     = toset(values(aws_apigatewayv2_route.each)[*].route_key) == toset(["GET /", "GET /{proxy+}", "HEAD /", "HEAD /{proxy+}"])
    error_message = "Others than readers come in."
  }
}

run "lets_imports_in_when_asked" {
  command = plan
  module { source = "./modules/core/http_api" }
  variables { writes = true }

  assert {
    condition     = toset([for key in keys(aws_apigatewayv2_route.each) : key if !startswith(key, "GET ") && !startswith(key, "HEAD ")]) == toset(["POST /api/v1/imports/{ticker}"])
    error_message = "Imports do not come in, or something else does."
  }
}

run "refuses_no_requests_at_all" {
  command = plan
  module { source = "./modules/core/http_api" }
  variables { requests_per_second = 0 }
  expect_failures = [var.requests_per_second]
}
