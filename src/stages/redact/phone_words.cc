#include "stages/redact/phone_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "stages/redact/letters.h"

namespace parley {

std::string_view PhoneNounPattern() {
  return R"((?:^|[^A-Za-z])(?:tel|tlf|t(?:é|É)l|gsm|fax|sms|mob|hp|cell|handy|mobile|fono|nr tel)(?:[^A-Za-z]|$))"
         R"(|(?:^|[^A-Za-z])(?:cellular|celular|cellulare|hotline|rufnummer|viber|mobil|m(?:ó|o)vil))"
         R"(|phone|t(?:e|é|ē)l(?:e|é|è)(?:fon|fón|fo|phon)|whats ?app|kom(?:ó|o)rk|s(?:đ|Đ)t)"
         R"(|(?:đ|Đ)iện thoại|(?:т|Т)елефон|ТЕЛЕФОН|(?:т|Т)ел[.: ]|(?:м|М)об(?:\.|ильн)|(?:с|С)отов)"
         R"(|(?:в|В)отсап|(?:в|В)атсап|(?:τ|Τ)ηλ(?:έφ|εφ|\.|:)|κινητ(?:ό|ο)|电话|電話|手机|手機|热线|熱線)"
         R"(|携帯|전화|휴대폰|핸드폰|هاتف|تلفون|جوال|موبايل|موبایل|تلفن|واتساب|טלפון|נייד|פלאפון|फ़ोन|फोन)"
         R"(|मोबाइल|โทร|มือถือ|ফোন|মোবাইল)";
}

std::string_view PhoneVerbPattern() {
  return R"((?:^|[^A-Za-z])(?:call|calling|dial|reach|text|contact|contacts|contacto|contato|contatto)"
         R"(|ring|number|numbers|nummer|anrufen|ruf|appelez|appeler|joindre|portable|llame|llama)"
         R"(|llamar|erreichen|erreichbar|ligue|ligar|chiama|chiamare|chiamami|bel|nomor|hubungi|telepon|cep|numer)"
         R"()(?:[^A-Za-z]|$)|ll(?:á)mame|n(?:ú|u)mero|numéro|zadzwo|(?:н|Н)омер|(?:п|П)озвони)"
         R"(|(?:з|З)вони|(?:д|Д)звон|联系|聯絡|聯繫|致电|拨打|微信|连絡|連絡先|番号|号码|號碼|연락|번호|رقم)"
         R"(|اتصل|تماس|התקשר|מספר|नंबर|नम्बर|कॉल|संपर्क|gọi|liên hệ|เบอร์|নম্বর)";
}

bool IsNamedOtherwise(std::string_view text, size_t at) {
  static constexpr std::array<std::string_view, 34> kNames = {
      "isbn",    "issn",    "doi",       "order",         "invoice",  "ticket", "tracking",
      "sku",     "serial",  "account",   "acct",          "card",     "iban",   "ssn",
      "id",      "version", "model",     "part",          "zip",      "case",   "ref",
      "price",   "total",   "seed",      "size",          "port",     "ein",    "upc",
      "barcode", "patent",  "reference", "bestellnummer", "commande", "pedido"};
  // The words of the last bytes, the nearest first; four are enough.
  size_t end = at;
  for (int words = 0; words < 4; ++words) {
    while (end > 0 && at - end < 24 && !IsAsciiLetter(text[end - 1])) {
      if (text[end - 1] == '\n') return false;
      --end;
    }
    size_t begin = end;
    while (begin > 0 && at - begin < 32 && IsAsciiLetter(text[begin - 1])) --begin;
    if (begin == end) return false;
    const std::string_view word = text.substr(begin, end - begin);
    for (const std::string_view name : kNames) {
      if (word.size() == name.size() && HasWordAt(word, 0, name)) return true;
    }
    end = begin;
  }
  return false;
}

}  // namespace parley
