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

  replicas    = var.replicas
  capacity    = var.capacity
  autoscaling = var.autoscaling
  exec        = var.exec

  # One task is in balance wherever it is.
  az_rebalancing        = var.replicas > 1 || var.autoscaling != null
  wait_for_steady_state = var.wait_for_steady_state

  environment = merge(
    {
      DISCOVERY_NAMESPACE   = var.namespace
      SIGNALS_STOCK_SERVICE = "http://${var.stock_service}"
    },
    # What the internet may ask of the actuator.
    var.public ? { MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE = "health" } : {},
  )
}
