variables {
  tasks = {
    stock-service             = { count = 3, cpu = 256, memory = 512 }
    signal-processing-service = { count = 1, cpu = 256, memory = 512 }
  }
  cpu_architecture = "ARM64"
  public_ip        = true
  efs              = true
}

# 4 x 730 x (0.25 x 0.03238 + 0.5 x 0.00356) + 4 x 730 x 0.005 + 0.50 + 0.30 + 0.10 + 0.50
run "adds_up_the_default" {
  command = plan
  module { source = "./modules/core/cost" }

  assert {
    condition     = output.total == "44.83" && output.lines["Fargate, 4 tasks (ARM64)"] == "28.83" && output.lines["Public IPv4, 4 addresses"] == "14.60"
    error_message = "The total is ${output.total}."
  }
}

run "counts_what_load_balancers_and_nat_would_add" {
  command = plan
  module { source = "./modules/core/cost" }

  assert {
    condition     = output.ways["with one public ALB in two zones (and its 2 IPv4)"] == "68.56" && output.ways["private subnets, one NAT gateway (and its IPv4)"] == "66.74" && output.ways["private subnets, 3 interface endpoints in one zone"] == "52.13"
    error_message = jsonencode(output.ways)
  }
}

run "says_what_it_cannot_price" {
  command = plan
  module { source = "./modules/core/cost" }
  variables {
    database = { instance_class = "db.r7g.xlarge", storage_gb = 20, multi_az = false }
  }

  assert {
    condition     = strcontains(output.basis, "db.r7g.xlarge is not known here")
    error_message = "A price that is not known is silently nothing."
  }
}
