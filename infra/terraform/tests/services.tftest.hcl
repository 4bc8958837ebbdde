mock_provider "aws" {}

variables {
  name         = "stock-service"
  namespace    = "trading-platform.local"
  region       = "us-east-1"
  cluster      = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/trading-platform", name = "trading-platform" }
  network      = { vpc_id = "vpc-0a1b2c3d", subnet_ids = ["subnet-0a1b", "subnet-2c3d"], assign_public_ip = true }
  roles        = { execution = "arn:aws:iam::123456789012:role/execution", task = "arn:aws:iam::123456789012:role/task" }
  log_group    = "/trading-platform/stock-service"
  registry_arn = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0a1b"
  dns_ttl      = 60
  image        = "stock-service:0.1.0"
  size         = { cpu = 256, memory = 512, architecture = "ARM64" }
  replicas     = 3
}

run "stock_service_keeps_one_file_on_efs" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables { sqlite = { file_system_id = "fs-0a1b", access_point_id = "fsap-0a1b" } }

  assert {
    condition     = one(output.container.mountPoints).containerPath == "/data" && one(output.container.mountPoints).sourceVolume == "data"
    error_message = "The file system is not mounted where the database file is."
  }
  assert {
    condition     = { for variable in output.container.environment : variable.name => variable.value if startswith(variable.name, "STOCK_") } == { STOCK_DATABASE_FILE = "/data/stock.db", STOCK_SECURITY_ALLOWEDHOSTS = "stock-service.trading-platform.local,.stock-service.trading-platform.local", STOCK_SPOOL_DIRECTORY = "/data/spool" }
    error_message = "The service looks for its files elsewhere."
  }
}

run "stock_service_listens_for_other_tasks" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables { sqlite = { file_system_id = "fs-0a1b", access_point_id = "fsap-0a1b" } }

  assert {
    condition     = contains(output.container.environment, { name = "SERVER_ADDRESS", value = "0.0.0.0" })
    error_message = "Without an address, the service listens on 127.0.0.1 only."
  }
}

run "stock_service_asks_postgresql_instead" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables {
    postgresql = { url = "jdbc:postgresql://db:5432/stock", username = "stock", password_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/p" }
  }

  assert {
    condition     = { for variable in output.container.environment : variable.name => variable.value if startswith(variable.name, "STOCK_") } == { STOCK_DATABASE_URL = "jdbc:postgresql://db:5432/stock", STOCK_DATABASE_USERNAME = "stock", STOCK_SECURITY_ALLOWEDHOSTS = "stock-service.trading-platform.local,.stock-service.trading-platform.local", STOCK_SPOOL_DIRECTORY = "/data/spool" }
    error_message = "The service does not get the database's address, or gets a file as well."
  }
  assert {
    condition     = output.container.secrets == [{ name = "STOCK_DATABASE_PASSWORD", valueFrom = "arn:aws:ssm:us-east-1:123456789012:parameter/p" }]
    error_message = "The password does not come from SSM."
  }
}

run "stock_service_checks_tokens_by_key" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables { auth = { secret_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/key" } }

  assert {
    condition     = output.container.secrets == [{ name = "STOCK_AUTH_SECRET", valueFrom = "arn:aws:ssm:us-east-1:123456789012:parameter/key" }]
    error_message = "The key does not come from SSM."
  }
}

run "stock_service_checks_tokens_by_issuer" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables { auth = { issuer = "https://id.example.org/realms/trading" } }

  assert {
    condition     = contains(output.container.environment, { name = "STOCK_AUTH_ISSUER", value = "https://id.example.org/realms/trading" })
    error_message = "The service does not know the issuer."
  }
}

run "stock_service_refuses_issuer_and_key_together" {
  command = plan
  module { source = "./modules/services/stock_data_service" }
  variables { auth = { issuer = "https://id.example.org", secret_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/key" } }
  expect_failures = [var.auth]
}

run "signal_service_looks_for_stock_service_in_the_namespace" {
  command = plan
  module { source = "./modules/services/signal_processing_service" }
  variables {
    name          = "signal-processing-service"
    namespace     = "trading-platform.local"
    stock_service = "stock-service"
    replicas      = 1
  }

  assert {
    condition = { for variable in output.container.environment : variable.name => variable.value } == {
      DISCOVERY_NAMESPACE                      = "trading-platform.local"
      DISCOVERY_SERVER_DRAIN                   = "65s"
      DISCOVERY_SERVER_NAME                    = "signal-processing-service"
      SERVER_PORT                              = "80"
      SIGNALS_STOCK_SERVICE                    = "http://stock-service"
      SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE = "30s"
    }
    error_message = "The service looks elsewhere, or says another name."
  }
  assert {
    condition     = length(output.container.mountPoints) == 0
    error_message = "signal-service has nothing to do with the file system."
  }
}

run "signal_service_hides_its_actuator_from_the_internet" {
  command = plan
  module { source = "./modules/services/signal_processing_service" }
  variables {
    name          = "signal-processing-service"
    namespace     = "trading-platform.local"
    stock_service = "stock-service"
    replicas      = 1
    public        = true
  }

  assert {
    condition     = contains(output.container.environment, { name = "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", value = "health" })
    error_message = "Metrics and endpoints can be read from the internet."
  }
}
