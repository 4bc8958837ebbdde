variable "name" {
  description = "Name of the API."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the service."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets that the VPC link reaches the service from."
  type        = list(string)
  nullable    = false
}

variable "registry_arn" {
  description = "Cloud Map service behind the API. API Gateway takes address and port from its SRV records."
  type        = string
  nullable    = false
}

variable "log_group_arn" {
  description = "Log group for one line per request."
  type        = string
  nullable    = false
}

variable "requests_per_second" {
  description = "Requests that all callers together may make per second; twice as many at once."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.requests_per_second >= 1 && var.requests_per_second <= 5000 && floor(var.requests_per_second) == var.requests_per_second
    error_message = "requests_per_second: ${var.requests_per_second} (expected: a whole number from 1 to 5000)."
  }
}

variable "writes" {
  description = "Whether quotes may be imported through the API, and not only be read. Who may is for stock-service to say."
  type        = bool
  default     = false
  nullable    = false
}
