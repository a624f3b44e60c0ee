# Every resource and data source of the official provider, with every field of theirs set.
terraform {
  required_providers {
    authsignal = {
      source = "authsignal/authsignal"
    }
  }
}

resource "authsignal_action_configuration" "action" {
  action_code                           = "terraform-action"
  default_user_action_result            = "BLOCK"
  messaging_templates                   = jsonencode({ en = { defaultTemplate = "Your code" } })
  verification_methods                  = ["PASSKEY", "AUTHENTICATOR_APP", "EMAIL_OTP"]
  default_verification_method           = "EMAIL_OTP"
  prompt_to_enroll_verification_methods = ["PASSKEY"]
}

resource "authsignal_rule" "rule" {
  action_code                           = "terraform-rules"
  name                                  = "anonymous"
  description                           = "who hides where they come from"
  priority                              = 0
  type                                  = "REVIEW"
  is_active                             = false
  verification_methods                  = ["EMAIL_OTP", "AUTHENTICATOR_APP"]
  default_verification_method           = "EMAIL_OTP"
  prompt_to_enroll_verification_methods = ["PASSKEY"]
  conditions                            = jsonencode({ and = [{ "==" = [{ var = "ip.isAnonymous" }, true] }] })
}

resource "authsignal_value_list" "strings" {
  name                     = "Terraform Strings"
  is_active                = true
  value_list_items_strings = ["b", "a", "b"]
}

resource "authsignal_value_list" "numbers" {
  name                     = "Terraform Numbers"
  is_active                = true
  value_list_items_numbers = [3, 1.5, 2]
}

resource "authsignal_custom_data_point" "points" {
  for_each    = toset(["text", "number", "boolean", "multiselect"])
  name        = "terraform_${each.key}"
  data_type   = each.key
  model_type  = "action"
  description = "of type ${each.key}"
  is_public   = true
}

resource "authsignal_message_overrides" "messages" {
  overrides = {
    en      = { "sms-code-entry.heading" = "Enter your code" }
    "pt-br" = { "sms-code-entry.heading" = "Insira seu código" }
  }
}

resource "authsignal_pre_built_ui_settings" "settings" {
  hide_success_screen_on_enrollment = true
}

import {
  to = authsignal_theme.theme
  id = "theme"
}

resource "authsignal_theme" "theme" {
  name          = "Terraform"
  logo_url      = "https://shop.example/logo.png"
  favicon_url   = "https://shop.example/favicon.png"
  watermark_url = "https://shop.example/watermark.png"
  primary_color = "#123456"
  borders       = local.borders
  colors        = local.colors
  page_background = {
    background_color     = "#123456"
    background_image_url = "https://shop.example/page.png"
  }
  container = {
    content_alignment = "left"
    padding           = 1
    logo_alignment    = "center"
    logo_position     = "inside"
    logo_height       = 2
    exit_position     = "bottom"
  }
  typography = {
    text = {
      faces = [
        { url = "https://shop.example/400.woff2", weight = "400" },
        { url = "https://shop.example/700.woff2", weight = "700" },
      ]
    }
    display = { faces = [{ url = "https://shop.example/variable.woff2", weight = "100 900" }] }
    button  = { faces = [{ url = "https://shop.example/500.woff2", weight = "500" }] }
  }
  links   = { underline = true }
  shadows = { enabled = false }
  dark_mode = {
    logo_url      = "https://shop.example/dark.png"
    favicon_url   = "https://shop.example/dark-favicon.png"
    watermark_url = "https://shop.example/dark-watermark.png"
    primary_color = "#123456"
    borders       = local.borders
    colors        = local.colors
    page_background = {
      background_color     = "#123456"
      background_image_url = "https://shop.example/dark-page.png"
    }
    container = {
      content_alignment = "right"
      padding           = 3
      logo_alignment    = "left"
      logo_position     = "outside"
      logo_height       = 4
    }
  }
}

locals {
  borders = {
    button_border_radius    = 1
    button_border_width     = 2
    card_border_radius      = 3
    card_border_width       = 4
    input_border_radius     = 5
    input_border_width      = 6
    container_border_radius = 7
  }
  colors = {
    for name in [
      "button_primary_text", "button_primary_border", "button_secondary_text", "button_secondary_background",
      "button_secondary_border", "card_background", "card_border", "input_background", "input_border", "link",
      "heading_text", "body_text", "container_background", "container_border", "divider", "icon", "loader", "positive",
      "critical", "information", "hover", "focus",
    ] : name => "#123456"
  }
}

data "authsignal_action_configuration" "action" {
  action_code = authsignal_action_configuration.action.action_code
}

data "authsignal_rule" "rule" {
  action_code = authsignal_rule.rule.action_code
  rule_id     = authsignal_rule.rule.rule_id
}

data "authsignal_value_list" "strings" {
  alias = authsignal_value_list.strings.alias
}

data "authsignal_custom_data_point" "text" {
  id = authsignal_custom_data_point.points["text"].id
}

data "authsignal_theme" "theme" {
  depends_on = [authsignal_theme.theme]
}

data "authsignal_message_overrides" "messages" {
  depends_on = [authsignal_message_overrides.messages]
}

data "authsignal_message_overrides_catalog" "catalogue" {
}

output "rule" {
  value = authsignal_rule.rule.rule_id
}

output "points" {
  value = [for point in authsignal_custom_data_point.points : point.id]
}

output "catalogue" {
  value = length(data.authsignal_message_overrides_catalog.catalogue.points)
}

output "seen" {
  value = [
    data.authsignal_action_configuration.action.default_user_action_result,
    data.authsignal_rule.rule.name,
    data.authsignal_value_list.strings.alias,
    data.authsignal_custom_data_point.text.data_type,
    data.authsignal_theme.theme.name,
    data.authsignal_message_overrides.messages.overrides["en"]["sms-code-entry.heading"],
  ]
}
