locals {
  stock_secrets = merge(
    var.stock_auth.secret_parameter == null ? {} : { auth = "${local.parameters}${var.stock_auth.secret_parameter}" },
    var.postgresql == null ? {} : { database = "${local.parameters}${var.postgresql.password_parameter}" },
  )
}

module "stock_data_service" {
  source = "./modules/services/stock_data_service"

  name      = local.stock.service
  namespace = var.namespace
  region    = var.region
  cluster   = local.cluster
  network   = local.network
  callers   = merge({ signal-processing-service = module.signal_processing_service.security_group_id }, local.toolbox)
  roles     = { execution = module.stock_iam.execution_role_arn, task = module.stock_iam.task_role_arn }
  log_group = module.logs.groups[local.stock.service].name
  image     = local.images.stock
  size      = { cpu = var.stock_service.cpu, memory = var.stock_service.memory, architecture = var.cpu_architecture }
  stop      = var.stop

  registry_arn = module.stock_service_discovery.arn
  dns_ttl      = var.dns_ttl

  replicas              = var.stock_service.replicas
  capacity              = var.stock_service.capacity
  autoscaling           = var.stock_service.autoscaling
  exec                  = var.ecs_exec
  wait_for_steady_state = var.wait_for_steady_state

  sqlite = var.postgresql == null ? module.efs[0].mount : null
  postgresql = var.postgresql == null ? null : {
    url          = module.database[0].url
    username     = module.database[0].username
    password_arn = local.stock_secrets.database
  }
  auth = { issuer = var.stock_auth.issuer, secret_arn = lookup(local.stock_secrets, "auth", null) }
}

module "signal_processing_service" {
  source = "./modules/services/signal_processing_service"

  name    = local.signal.service
  region  = var.region
  cluster = local.cluster
  network = local.network
  callers = merge(
    local.toolbox,
    var.http_api == null ? {} : { http-api = module.http_api[0].security_group_id },
  )
  roles     = { execution = module.signal_iam.execution_role_arn, task = module.signal_iam.task_role_arn }
  log_group = module.logs.groups[local.signal.service].name
  image     = local.images.signal
  size      = { cpu = var.signal_service.cpu, memory = var.signal_service.memory, architecture = var.cpu_architecture }
  stop      = var.stop

  registry_arn = module.signal_processing_service_discovery.arn
  dns_ttl      = var.dns_ttl

  replicas              = var.signal_service.replicas
  capacity              = var.signal_service.capacity
  autoscaling           = var.signal_service.autoscaling
  exec                  = var.ecs_exec
  wait_for_steady_state = var.wait_for_steady_state

  namespace     = var.namespace
  stock_service = local.stock.service
  public        = var.http_api != null
}

# Cloud Map's answer is complete up to here; beyond, each answer is a random eight.
check "records" {
  assert {
    condition     = max(var.stock_service.replicas, try(var.stock_service.autoscaling.max, 0)) <= 8
    error_message = "More than 8 tasks of stock-service: DNS answers name 8 of them at a time. discovery-client learns all of them within several ttls; other clients may not."
  }
}
