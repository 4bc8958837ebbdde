variable "name" {
  description = "Name of the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: ${var.name} (expected: 2 to 31 lower-case letters, digits and hyphens, beginning with a letter)."
  }
}

variable "container_insights" {
  description = "Whether CloudWatch collects metrics of every task, which costs more than these tasks do."
  type        = bool
  default     = false
  nullable    = false
}
