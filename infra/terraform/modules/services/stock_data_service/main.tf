module "fargate" {
  source = "../fargate_service"

  name      = var.name
  region    = var.region
  cluster   = var.cluster
  network   = var.network
  callers   = var.callers
  roles     = var.roles
  log_group = var.log_group
  image     = var.image
  size      = var.size
  stop      = var.stop

  registry_arn = var.registry_arn
  dns_ttl      = var.dns_ttl

  replicas              = var.replicas
  capacity              = var.capacity
  autoscaling           = var.autoscaling
  az_rebalancing        = true
  exec                  = var.exec
  wait_for_steady_state = var.wait_for_steady_state

  # Spool files have no name once they are open, so what a killed task leaves in a shared directory is nothing.
  data = { path = "/data", efs = var.sqlite }

  environment = merge(
    {
      SERVER_ADDRESS              = "0.0.0.0"
      STOCK_SECURITY_ALLOWEDHOSTS = "${var.name}.${var.namespace},.${var.name}.${var.namespace}"
      STOCK_SPOOL_DIRECTORY       = "/data/spool"
    },
    var.sqlite == null ? {} : { STOCK_DATABASE_FILE = "/data/stock.db" },
    var.postgresql == null ? {} : {
      STOCK_DATABASE_URL      = var.postgresql.url
      STOCK_DATABASE_USERNAME = var.postgresql.username
    },
    var.auth.issuer == null ? {} : { STOCK_AUTH_ISSUER = var.auth.issuer },
  )

  secrets = merge(
    var.postgresql == null ? {} : { STOCK_DATABASE_PASSWORD = var.postgresql.password_arn },
    var.auth.secret_arn == null ? {} : { STOCK_AUTH_SECRET = var.auth.secret_arn },
  )
}
