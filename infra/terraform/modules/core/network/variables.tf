variable "name" {
  description = "Name of the VPC and prefix of what belongs to it."
  type        = string
  nullable    = false
}

variable "cidr_block" {
  description = "Address range of the VPC that is made; its second and third 256th become the two public subnets."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = try(cidrsubnet(var.cidr_block, 0, 0) == var.cidr_block, false) && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\..+/(1[6-9]|20)$", var.cidr_block))
    error_message = "cidr_block: ${var.cidr_block} (expected: a private IPv4 network from /16, the largest that a VPC may be, to /20, whose 256ths are the smallest subnets; such as 10.0.0.0/16)."
  }
}

variable "existing" {
  description = "A VPC that is there already and subnets of it, one per availability zone. Null makes a VPC."
  type = object({
    vpc_id           = string
    subnet_ids       = list(string)
    assign_public_ip = bool
  })
  default = null

  validation {
    condition     = var.existing == null || can(regex("^vpc-[0-9a-f]+$", var.existing.vpc_id))
    error_message = "existing.vpc_id: ${try(var.existing.vpc_id, "")} (expected: an id such as vpc-0a1b2c3d)."
  }

  validation {
    condition = var.existing == null || (
      length(distinct(try(var.existing.subnet_ids, []))) == length(try(var.existing.subnet_ids, [])) &&
      length(try(var.existing.subnet_ids, [])) >= 2 &&
      alltrue([for id in try(var.existing.subnet_ids, []) : can(regex("^subnet-[0-9a-f]+$", id))])
    )
    error_message = "existing.subnet_ids: ${join(", ", try(var.existing.subnet_ids, []))} (expected: two or more different ids such as subnet-0a1b2c3d)."
  }
}

variable "region" {
  description = "AWS region, for the name of the S3 endpoint."
  type        = string
  nullable    = false
}
