data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  parameters = "arn:${data.aws_partition.current.partition}:ssm:${var.region}:${local.account_id}:parameter"
  registry   = "${local.account_id}.dkr.ecr.${var.region}.${data.aws_partition.current.dns_suffix}"

  # In DNS the second service is called otherwise than its module and its image.
  stock  = { service = "stock-service", image = "stock-service", repository = "${var.name}/stock-service" }
  signal = { service = "signal-processing-service", image = "signal-service", repository = "${var.name}/signal-service" }

  # Names and not URLs of the repositories, so that a plan shows the whole task definition.
  images = {
    stock  = coalesce(var.stock_service.image, "${local.registry}/${local.stock.repository}:${var.stock_service.image_tag}")
    signal = coalesce(var.signal_service.image, "${local.registry}/${local.signal.repository}:${var.signal_service.image_tag}")
  }

  network = {
    vpc_id           = module.network.vpc_id
    subnet_ids       = module.network.subnet_ids
    assign_public_ip = module.network.assign_public_ip
  }

  cluster = { arn = module.cluster.arn, name = module.cluster.name }

  file_system = try(var.postgresql.keep_file_system, true)

  toolbox = var.toolbox ? { toolbox = module.toolbox[0].security_group_id } : {}
}

module "network" {
  source = "./modules/core/network"

  name       = var.name
  region     = var.region
  cidr_block = var.vpc_cidr
  existing   = var.existing_vpc
}

module "dns_namespace" {
  source = "./modules/core/dns_namespace"

  name         = var.namespace
  vpc_id       = module.network.vpc_id
  region       = var.region
  negative_ttl = var.dns_negative_ttl
}

module "stock_service_discovery" {
  source = "./modules/core/service_discovery"

  name         = local.stock.service
  namespace_id = module.dns_namespace.namespace_id
  ttl          = var.dns_ttl
}

module "signal_processing_service_discovery" {
  source = "./modules/core/service_discovery"

  name         = local.signal.service
  namespace_id = module.dns_namespace.namespace_id
  ttl          = var.dns_ttl
}

module "cluster" {
  source = "./modules/core/cluster"

  name               = var.name
  container_insights = var.container_insights
}

module "ecr" {
  source = "./modules/core/ecr"

  names = [local.stock.repository, local.signal.repository]
}

module "logs" {
  source = "./modules/core/logs"

  prefix         = "/${var.name}"
  names          = concat([local.stock.service, local.signal.service], var.toolbox ? ["toolbox"] : [], var.http_api == null ? [] : ["http-api"])
  retention_days = var.log_retention_days
}

module "stock_iam" {
  source = "./modules/core/iam"

  name           = local.stock.service
  account_id     = local.account_id
  repository_arn = module.ecr.arns[local.stock.repository]
  log_group_arn  = module.logs.groups[local.stock.service].arn
  secret_arns    = values(local.stock_secrets)
  kms_key_arns   = compact([var.secrets_kms_key_arn])
  file_system    = var.postgresql == null ? module.efs[0].identity : null
  exec           = var.ecs_exec
}

module "signal_iam" {
  source = "./modules/core/iam"

  name           = local.signal.service
  account_id     = local.account_id
  repository_arn = module.ecr.arns[local.signal.repository]
  log_group_arn  = module.logs.groups[local.signal.service].arn
  exec           = var.ecs_exec
}
