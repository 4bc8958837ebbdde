# One file for all replicas. Gone, quotes included, when PostgreSQL has taken its place: see the README before switching.
module "efs" {
  source = "./modules/core/efs"
  count  = local.file_system ? 1 : 0

  name             = var.name
  vpc_id           = module.network.vpc_id
  subnet_ids       = module.network.subnet_ids
  clients          = { stock-service = module.stock_data_service.security_group_id }
  client_role_arns = [module.stock_iam.task_role_arn]
  backups          = var.efs_backups
}

# Read anew by each run, and kept neither in the state nor in a plan.
ephemeral "aws_ssm_parameter" "database_password" {
  count = var.postgresql == null ? 0 : 1
  arn   = local.stock_secrets.database
}

module "database" {
  source = "./modules/core/database"
  count  = var.postgresql == null ? 0 : 1

  name             = var.name
  vpc_id           = module.network.vpc_id
  subnet_ids       = module.network.subnet_ids
  clients          = { stock-service = module.stock_data_service.security_group_id }
  password         = ephemeral.aws_ssm_parameter.database_password[0].value
  password_version = var.postgresql.password_version
  instance_class   = var.postgresql.instance_class
  storage_gb       = var.postgresql.storage_gb
  multi_az         = var.postgresql.multi_az

  deletion_protection = var.postgresql.deletion_protection
  last_snapshot       = var.postgresql.last_snapshot
}

module "http_api" {
  source = "./modules/core/http_api"
  count  = var.http_api == null ? 0 : 1

  name                = var.name
  vpc_id              = module.network.vpc_id
  subnet_ids          = module.network.subnet_ids
  registry_arn        = module.signal_processing_service_discovery.arn
  log_group_arn       = module.logs.groups["http-api"].arn
  requests_per_second = var.http_api.requests_per_second
  writes              = var.http_api.writes
}

module "toolbox_iam" {
  source = "./modules/core/iam"
  count  = var.toolbox ? 1 : 0

  name          = "${var.name}-toolbox"
  account_id    = local.account_id
  log_group_arn = module.logs.groups["toolbox"].arn
  exec          = true
}

module "toolbox" {
  source = "./modules/core/toolbox"
  count  = var.toolbox ? 1 : 0

  name             = "${var.name}-toolbox"
  region           = var.region
  vpc_id           = module.network.vpc_id
  cpu_architecture = var.cpu_architecture
  roles            = { execution = module.toolbox_iam[0].execution_role_arn, task = module.toolbox_iam[0].task_role_arn }
  log_group        = module.logs.groups["toolbox"].name
}

module "cost" {
  source = "./modules/core/cost"

  tasks = {
    stock-service             = { count = max(var.stock_service.replicas, try(var.stock_service.autoscaling.min, 0)), cpu = var.stock_service.cpu, memory = var.stock_service.memory }
    signal-processing-service = { count = max(var.signal_service.replicas, try(var.signal_service.autoscaling.min, 0)), cpu = var.signal_service.cpu, memory = var.signal_service.memory }
  }
  cpu_architecture = var.cpu_architecture
  public_ip        = module.network.assign_public_ip
  efs              = local.file_system
  database         = var.postgresql
}
