variable "prefix" {
  description = "What the names of the log groups begin with, a slash first."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(/[a-z0-9-]+)+$", var.prefix))
    error_message = "prefix: ${var.prefix} (expected: a path such as /trading-platform)."
  }
}

variable "names" {
  description = "Last parts of the names, one log group each."
  type        = set(string)
  nullable    = false
}

variable "retention_days" {
  description = "Days after which CloudWatch deletes log lines."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.retention_days)
    error_message = "retention_days: ${var.retention_days} (expected: a number of days that CloudWatch knows, such as 7, 14, 30 or 365)."
  }
}
