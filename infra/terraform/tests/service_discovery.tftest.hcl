mock_provider "aws" {}

variables {
  name         = "stock-service"
  namespace_id = "ns-abcdefgh"
}

run "answers_with_a_and_srv_records_of_sixty_seconds" {
  command = plan
  module { source = "./modules/core/service_discovery" }

  assert {
    condition     = [for record in aws_service_discovery_service.this.dns_config[0].dns_records : "${record.type} ${record.ttl}"] == ["A 60", "SRV 60"]
    error_message = "The records are not A and SRV with a ttl of 60 s."
  }
  assert {
    condition     = aws_service_discovery_service.this.dns_config[0].routing_policy == "MULTIVALUE"
    error_message = "An answer would name one task only."
  }
  assert {
    condition     = aws_service_discovery_service.this.health_check_custom_config[0].failure_threshold == 1
    error_message = "ECS cannot report health, or each plan replaces the service."
  }
  assert {
    condition     = aws_service_discovery_service.this.force_destroy
    error_message = "A left-over instance would keep destroy from finishing."
  }
}

run "refuses_a_ttl_that_no_stop_timeout_outlives" {
  command = plan
  module { source = "./modules/core/service_discovery" }
  variables { ttl = 86 }
  expect_failures = [var.ttl]
}

run "refuses_half_a_second" {
  command = plan
  module { source = "./modules/core/service_discovery" }
  variables { ttl = 1.5 }
  expect_failures = [var.ttl]
}

run "refuses_a_name_with_a_dot" {
  command = plan
  module { source = "./modules/core/service_discovery" }
  variables { name = "stock.service" }
  expect_failures = [var.name]
}
