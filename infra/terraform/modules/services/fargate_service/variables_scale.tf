variable "replicas" {
  description = "Tasks that run; where there is autoscaling, at first."
  type        = number
  nullable    = false

  validation {
    condition     = var.replicas >= 0 && var.replicas <= 20 && floor(var.replicas) == var.replicas
    error_message = "replicas: ${var.replicas} (expected: a whole number from 0 to 20)."
  }
}

variable "capacity" {
  description = "FARGATE; FARGATE_SPOT, which AWS may take away with two minutes' notice; or MIXED, one task on FARGATE and the rest on FARGATE_SPOT."
  type        = string
  default     = "FARGATE"
  nullable    = false

  validation {
    condition     = contains(["FARGATE", "FARGATE_SPOT", "MIXED"], var.capacity)
    error_message = "capacity: ${var.capacity} (expected: FARGATE, FARGATE_SPOT or MIXED)."
  }
}

variable "autoscaling" {
  description = "Limits, and the mean CPU use in percent that is kept up. Null keeps the number of replicas."
  type = object({
    min = number
    max = number
    cpu = optional(number, 60)
  })
  default = null

  validation {
    condition = var.autoscaling == null || try(
      var.autoscaling.min >= 1 && var.autoscaling.min <= var.autoscaling.max && var.autoscaling.max <= 20 && var.autoscaling.cpu >= 10 && var.autoscaling.cpu <= 90,
      false
    )
    error_message = "autoscaling: from ${try(var.autoscaling.min, 0)} to ${try(var.autoscaling.max, 0)} at ${try(var.autoscaling.cpu, 0)} % (expected: 1 <= min <= max <= 20, cpu from 10 to 90)."
  }
}

variable "az_rebalancing" {
  description = "Whether ECS moves tasks until each availability zone has its share. Starts the new task first."
  type        = bool
  nullable    = false
}

variable "exec" {
  description = "Whether people may enter tasks by ECS Exec. AWS then needs a root file system that can be written to."
  type        = bool
  default     = false
  nullable    = false
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until the deployment is over, and fails if it was rolled back."
  type        = bool
  default     = true
  nullable    = false
}
