variable "name" {
  description = "First label of the service's DNS name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "name: ${var.name} (expected: one lower-case DNS label, such as stock-service)."
  }
}

variable "namespace_id" {
  description = "Id of the namespace that the service is registered in."
  type        = string
  nullable    = false
}

variable "ttl" {
  description = "Time to live of A and SRV records, in seconds."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.ttl >= 1 && var.ttl <= 85 && floor(var.ttl) == var.ttl
    error_message = "ttl: ${var.ttl} (expected: whole seconds from 1 to 85, so that a task can outlive its records within ECS's stop timeout of 120 s)."
  }
}
