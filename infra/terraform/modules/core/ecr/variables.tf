variable "names" {
  description = "Names of the repositories."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.names) > 0 && alltrue([for name in var.names : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", name))])
    error_message = "names: ${join(", ", var.names)} (expected: one or more lower-case names, such as trading-platform/stock-service)."
  }
}

variable "kept_images" {
  description = "How many images each repository keeps; older ones are deleted."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.kept_images >= 2 && var.kept_images <= 1000 && floor(var.kept_images) == var.kept_images
    error_message = "kept_images: ${var.kept_images} (expected: a whole number from 2 to 1000, so that a rollback finds the image before)."
  }
}
