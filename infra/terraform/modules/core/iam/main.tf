locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  # What ECS does before and beside the task: pull, log, read secrets.
  execution = concat(
    [
      { Sid = "Log", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["${var.log_group_arn}:*"] },
    ],
    var.repository_arn == null ? [] : [
      { Sid = "SignIn", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
      {
        Sid      = "Pull"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [var.repository_arn]
      },
    ],
    length(var.secret_arns) == 0 ? [] : [
      { Sid = "Secrets", Effect = "Allow", Action = ["ssm:GetParameters"], Resource = var.secret_arns },
    ],
    length(var.kms_key_arns) == 0 ? [] : [
      { Sid = "Keys", Effect = "Allow", Action = ["kms:Decrypt"], Resource = var.kms_key_arns },
    ],
  )

  # What the code in the task may do. Nothing at all, for most.
  task = concat(
    var.file_system == null ? [] : [
      {
        Sid       = "Mount"
        Effect    = "Allow"
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = [var.file_system.arn]
        Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = var.file_system.access_point_arn } }
      },
    ],
    !var.exec ? [] : [
      {
        Sid    = "Exec"
        Effect = "Allow"
        Action = [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ]
        Resource = ["*"]
      },
    ],
  )
}

resource "aws_iam_role" "execution" {
  name_prefix        = "${substr(var.name, 0, 26)}-execution-"
  description        = "ECS, to start ${var.name}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [for statement in local.execution : statement] })
}

resource "aws_iam_role" "task" {
  name_prefix        = "${substr(var.name, 0, 31)}-task-"
  description        = "${var.name} itself"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "task" {
  count  = var.file_system == null && !var.exec ? 0 : 1
  name   = "work"
  role   = aws_iam_role.task.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [for statement in local.task : statement] })
}
