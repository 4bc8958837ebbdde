resource "aws_db_subnet_group" "this" {
  name_prefix = "${var.name}-"
  description = "Subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-database-"
  description = "PostgreSQL of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-database" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "postgresql" {
  for_each                     = var.clients
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  description                  = "PostgreSQL from ${each.key}"
}

resource "aws_vpc_security_group_egress_rule" "postgresql" {
  for_each                     = var.clients
  security_group_id            = each.value
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  description                  = "PostgreSQL to ${var.name}"
}

# A number for the name of the last snapshot, which stays when the server goes: the next server needs another one.
resource "terraform_data" "last" {
  triggers_replace = [var.name]
}

resource "aws_db_instance" "this" {
  identifier_prefix          = "${var.name}-"
  engine                     = "postgres"
  engine_version             = "17"
  instance_class             = var.instance_class
  allocated_storage          = var.storage_gb
  storage_type               = "gp3"
  storage_encrypted          = true
  multi_az                   = var.multi_az
  db_name                    = "stock"
  username                   = "stock"
  password_wo                = var.password
  password_wo_version        = var.password_version
  db_subnet_group_name       = aws_db_subnet_group.this.name
  vpc_security_group_ids     = [aws_security_group.this.id]
  publicly_accessible        = false
  backup_retention_period    = 7
  copy_tags_to_snapshot      = true
  auto_minor_version_upgrade = true
  deletion_protection        = var.deletion_protection
  skip_final_snapshot        = !var.last_snapshot
  final_snapshot_identifier  = var.last_snapshot ? "${var.name}-last-${split("-", terraform_data.last.id)[0]}" : null
}
