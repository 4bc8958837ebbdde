variable "name" {
  description = "Name of the private DNS namespace."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", var.name)) && length(var.name) <= 190
    error_message = "name: ${var.name} (expected: two or more lower-case DNS labels, such as trading-platform.local)."
  }
}

variable "vpc_id" {
  description = "VPC whose resolver answers for the namespace."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region, for the AWS CLI."
  type        = string
  nullable    = false
}

variable "negative_ttl" {
  description = "Seconds for which resolvers may remember that a name does not exist. Null leaves what AWS sets; a number needs the AWS CLI where Terraform runs."
  type        = number
  default     = null

  validation {
    condition     = try(var.negative_ttl >= 1 && var.negative_ttl <= 900 && floor(var.negative_ttl) == var.negative_ttl, var.negative_ttl == null)
    error_message = "negative_ttl: ${coalesce(var.negative_ttl, 0)} (expected: null, or whole seconds from 1 to 900)."
  }
}
