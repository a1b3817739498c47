/**
 * This file was made from docs/openapi.json by `npm run generate`.
 * Do not change it by hand.
 */
export const errors = {
  "auth_required": {
    "status": 401,
    "retry": "sign_in",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "You are not signed in.",
      "zh": "您尚未登录。"
    },
    "action": {
      "en": "Sign in to go on.",
      "zh": "请登录后继续。"
    }
  },
  "auth_failed": {
    "status": 401,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "The e-mail address and the password do not match.",
      "zh": "邮箱与密码不匹配。"
    },
    "action": {
      "en": "Check both and try again.",
      "zh": "请核对后重试。"
    }
  },
  "token_expired": {
    "status": 401,
    "retry": "after_refresh",
    "retryable": true,
    "severity": "info",
    "text": {
      "en": "Your session has to be renewed.",
      "zh": "您的登录状态需要更新。"
    },
    "action": {
      "en": "This usually happens by itself; if not, reload the page.",
      "zh": "通常会自动完成；如果没有，请重新加载页面。"
    }
  },
  "token_invalid": {
    "status": 401,
    "retry": "sign_in",
    "retryable": false,
    "severity": "warning",
    "text": {
      "en": "Your session is no longer valid.",
      "zh": "您的登录已失效。"
    },
    "action": {
      "en": "Sign in again to go on.",
      "zh": "请重新登录后继续。"
    }
  },
  "forbidden": {
    "status": 403,
    "retry": "no",
    "retryable": false,
    "severity": "warning",
    "text": {
      "en": "Your account does not have access to this.",
      "zh": "您的账号没有访问权限。"
    },
    "action": {
      "en": "Ask an owner or administrator of your organization for access.",
      "zh": "如需访问，请联系您所在组织的所有者或管理员。"
    }
  },
  "not_found": {
    "status": 404,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "This does not exist, or it belongs to somebody else.",
      "zh": "此内容不存在，或属于其他人。"
    },
    "action": {
      "en": "Check the address, or go back and choose again.",
      "zh": "请检查地址，或返回后重新选择。"
    }
  },
  "invalid_request": {
    "status": 400,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "Something in the request is not right.",
      "zh": "请求中有不正确的内容。"
    },
    "action": {
      "en": "Check what was entered and send it again.",
      "zh": "请检查填写的内容后重新提交。"
    }
  },
  "conflict": {
    "status": 409,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "This clashes with something that exists already.",
      "zh": "此操作与已有内容冲突。"
    },
    "action": {
      "en": "Reload to see what is there, or choose something else.",
      "zh": "请重新加载查看现有内容，或改用其他内容。"
    }
  },
  "search_handle_expired": {
    "status": 410,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "These search results have expired.",
      "zh": "这些搜索结果已过期。"
    },
    "action": {
      "en": "Search again.",
      "zh": "请重新搜索。"
    }
  },
  "content_blocked": {
    "status": 422,
    "retry": "no",
    "retryable": false,
    "severity": "warning",
    "text": {
      "en": "This cannot be answered here.",
      "zh": "这里无法回答此内容。"
    },
    "action": {
      "en": "Put it in other words, or ask something else.",
      "zh": "请换一种说法，或换一个问题。"
    }
  },
  "insufficient_credits": {
    "status": 402,
    "retry": "no",
    "retryable": false,
    "severity": "warning",
    "text": {
      "en": "There are not enough credits left for an answer. Nothing was charged.",
      "zh": "剩余额度不足以完成回答，未产生任何扣费。"
    },
    "action": {
      "en": "Ask an owner or administrator of your organization to add credits.",
      "zh": "请联系您所在组织的所有者或管理员补充额度。"
    }
  },
  "rate_limited": {
    "status": 429,
    "retry": "wait",
    "retryable": true,
    "severity": "warning",
    "text": {
      "en": "Too many requests came in a short time.",
      "zh": "短时间内的请求过多。"
    },
    "action": {
      "en": "Wait a moment, then try again.",
      "zh": "请稍候片刻再试。"
    }
  },
  "queue_full": {
    "status": 503,
    "retry": "wait",
    "retryable": true,
    "severity": "error",
    "text": {
      "en": "Many questions are waiting right now, so this one could not be taken.",
      "zh": "当前排队的问题较多，暂时无法接收新的问题。"
    },
    "action": {
      "en": "Wait a moment, then send it again.",
      "zh": "请稍候片刻再发送。"
    }
  },
  "circuit_open": {
    "status": 503,
    "retry": "wait",
    "retryable": true,
    "severity": "error",
    "text": {
      "en": "This conversation is paused, because several answers in a row failed.",
      "zh": "由于连续多次未能回答，此对话已暂停。"
    },
    "action": {
      "en": "It opens again by itself; send your message then.",
      "zh": "对话会自动恢复，届时请再发送。"
    }
  },
  "llm_unavailable": {
    "status": 503,
    "retry": "yes",
    "retryable": true,
    "severity": "error",
    "text": {
      "en": "The language model cannot be reached. Your message is kept.",
      "zh": "暂时无法连接语言模型，您的消息已保存。"
    },
    "action": {
      "en": "Try again; if it goes on, give the support code to whoever runs this server.",
      "zh": "请重试；如果问题持续，请将支持代码告知管理员。"
    }
  },
  "llm_timeout": {
    "status": 504,
    "retry": "yes",
    "retryable": true,
    "severity": "error",
    "text": {
      "en": "The language model took too long. Your message is kept.",
      "zh": "语言模型响应超时，您的消息已保存。"
    },
    "action": {
      "en": "Try again; if it goes on, give the support code to whoever runs this server.",
      "zh": "请重试；如果问题持续，请将支持代码告知管理员。"
    }
  },
  "rag_error": {
    "status": 500,
    "retry": "yes",
    "retryable": true,
    "severity": "error",
    "text": {
      "en": "The documents could not be searched. Your message is kept.",
      "zh": "暂时无法检索文档，您的消息已保存。"
    },
    "action": {
      "en": "Try again; if it goes on, give the support code to whoever runs this server.",
      "zh": "请重试；如果问题持续，请将支持代码告知管理员。"
    }
  },
  "location_error": {
    "status": 422,
    "retry": "no",
    "retryable": false,
    "severity": "warning",
    "text": {
      "en": "The place named is not known here.",
      "zh": "无法识别所提到的地点。"
    },
    "action": {
      "en": "Name it differently, for example with its country.",
      "zh": "请换一种说法，例如加上国家名称。"
    }
  },
  "worker_lost": {
    "status": 500,
    "retry": "yes",
    "retryable": true,
    "severity": "critical",
    "text": {
      "en": "The answer was interrupted several times. Your message is kept.",
      "zh": "回答多次中断，您的消息已保存。"
    },
    "action": {
      "en": "Try again; if it goes on, give the support code to whoever runs this server.",
      "zh": "请重试；如果问题持续，请将支持代码告知管理员。"
    }
  },
  "cancelled": {
    "status": null,
    "retry": "no",
    "retryable": false,
    "severity": "info",
    "text": {
      "en": "The answer was stopped.",
      "zh": "回答已停止。"
    },
    "action": {
      "en": "Ask again whenever you like.",
      "zh": "您可以随时再次提问。"
    }
  },
  "server_error": {
    "status": 500,
    "retry": "yes",
    "retryable": true,
    "severity": "critical",
    "text": {
      "en": "Something went wrong on our side.",
      "zh": "服务器出现了问题。"
    },
    "action": {
      "en": "Try again; if it goes on, give the support code to whoever runs this server.",
      "zh": "请重试；如果问题持续，请将支持代码告知管理员。"
    }
  }
} as const;
