locals {
  # What no route names is answered with 404 by the gateway and reaches no task.
  routes = toset(concat(
    ["GET /", "GET /{proxy+}", "HEAD /", "HEAD /{proxy+}"],
    var.writes ? ["POST /api/v1/imports/{ticker}"] : [],
  ))
}

resource "aws_security_group" "link" {
  name_prefix = "${var.name}-vpc-link-"
  description = "VPC link of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-vpc-link" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apigatewayv2_vpc_link" "this" {
  name               = var.name
  security_group_ids = [aws_security_group.link.id]
  subnet_ids         = var.subnet_ids
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  description   = "The page and API of signal-service"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "service" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "HTTP_PROXY"
  integration_method     = "ANY"
  integration_uri        = var.registry_arn
  connection_type        = "VPC_LINK"
  connection_id          = aws_apigatewayv2_vpc_link.this.id
  payload_format_version = "1.0"
  timeout_milliseconds   = 29000
}

resource "aws_apigatewayv2_route" "each" {
  for_each  = local.routes
  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.service.id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.requests_per_second
    throttling_burst_limit = 2 * var.requests_per_second
  }

  access_log_settings {
    destination_arn = var.log_group_arn
    format = jsonencode({
      requestId   = "$context.requestId"
      time        = "$context.requestTime"
      ip          = "$context.identity.sourceIp"
      request     = "$context.httpMethod $context.path"
      status      = "$context.status"
      integration = "$context.integrationErrorMessage"
    })
  }
}
