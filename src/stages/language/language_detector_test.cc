#include "stages/language/language_detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

namespace parley {
namespace {

const LanguageDetector& Detector() {
  static const LanguageDetector detector = LanguageDetector::Create().value();
  return detector;
}

TEST(LanguageDetector, KnowsSentencesInManyLanguagesAndScripts) {
  const struct {
    std::string_view code;
    std::string_view text;
  } cases[] = {
      {"en", "Could you help me plan a birthday party for my niece?"},
      {"de", "Kannst du mir erklären, warum der Himmel abends rot wird?"},
      {"fr", "Peux-tu me proposer trois recettes rapides pour ce soir ?"},
      {"es", "¿Me ayudas a escribir una carta para mi vecina?"},
      {"pt", "Você pode me ajudar a escolher um presente para minha mãe?"},
      {"it", "Mi spieghi come funziona una pompa di calore?"},
      {"nl", "Kun je me uitleggen hoe ik een fietsband plak?"},
      {"sv", "Kan du skriva en kort dikt om hösten i skogen?"},
      {"da", "Kan du hjælpe mig med at skrive en ansøgning til et sommerjob?"},
      {"no", "Kan du hjelpe meg med å skrive en søknad om sommerjobb?"},
      {"fi", "Voitko kertoa minulle, miten leivotaan ruisleipää?"},
      {"et", "Kas sa oskad öelda, millal rong Tartusse väljub?"},
      {"hu", "El tudnád magyarázni, hogyan működik a hűtőszekrény?"},
      {"pl", "Czy możesz mi pomóc napisać list do sąsiadki?"},
      {"cs", "Můžeš mi poradit, co mám uvařit k večeři?"},
      {"sk", "Môžeš mi poradiť, čo mám uvariť na večeru?"},
      {"sl", "Mi lahko poveš, kako naj posadim paradižnik?"},
      {"ro", "Poți să-mi explici cum se face o ciorbă de legume?"},
      {"tr", "Bana kısaca güneş panellerinin nasıl çalıştığını anlatır mısın?"},
      {"az", "Mənə qısaca izah edə bilərsənmi, günəş paneli necə işləyir?"},
      {"vi", "Bạn có thể giúp tôi viết một lá thư cho cô giáo không?"},
      {"id", "Bisakah kamu menjelaskan bagaimana cara membuat tempe di rumah?"},
      {"tl", "Maaari mo ba akong tulungang sumulat ng liham para sa aking guro?"},
      {"ru", "Подскажи, пожалуйста, как правильно хранить картошку зимой?"},
      {"uk", "Підкажи, будь ласка, як правильно зберігати картоплю взимку?"},
      {"be", "Падкажы, калі ласка, як правільна захоўваць бульбу зімой?"},
      {"bg", "Можеш ли да ми кажеш как се прави баница със сирене?"},
      {"sr", "Можеш ли да ми објасниш како да засадим парадајз?"},
      {"hr", "Možeš li mi objasniti kako posaditi rajčice u vrtu?"},
      {"ca", "Em pots ajudar a escriure una carta per a la meva veïna?"},
      {"eu", "Lagunduko al didazu gutun bat idazten nire irakasleari?"},
      {"lt", "Ar galėtum padėti man parašyti laišką mokytojai?"},
      {"lv", "Vai tu vari man palīdzēt uzrakstīt vēstuli skolotājai?"},
      {"is", "Geturðu hjálpað mér að skrifa bréf til kennarans míns?"},
      {"sq", "A mund të më ndihmosh të shkruaj një letër për mësuesen time?"},
      {"sw", "Unaweza kunisaidia kuandika barua kwa mwalimu wangu wa shule?"},
      {"cy", "Mae'r tywydd yn braf iawn heddiw ac rydym yn mynd i'r traeth."},
      {"eo", "Ĉu vi povas helpi min skribi leteron al mia instruistino?"},
      {"kk", "Мұғаліміме хат жазуға көмектесе аласыз ба?"},
      {"am", "ለአስተማሪዬ ደብዳቤ እንድጽፍ ልትረዳኝ ትችላለህ?"},
      {"km", "តើអ្នកអាចជួយខ្ញុំសរសេរសំបុត្របានទេ?"},
      {"te", "నా ఉపాధ్యాయురాలికి ఉత్తరం రాయడంలో సహాయం చేస్తారా?"},
      {"gu", "શું તમે મને મારા શિક્ષિકાને પત્ર લખવામાં મદદ કરશો?"},
      {"pa", "ਕੀ ਤੁਸੀਂ ਮੈਨੂੰ ਚਿੱਠੀ ਲਿਖਣ ਵਿੱਚ ਮਦਦ ਕਰ ਸਕਦੇ ਹੋ?"},
      {"el", "Μπορείς να μου εξηγήσεις πώς φτιάχνεται το γιαούρτι;"},
      {"hy", "Կարո՞ղ ես օգնել ինձ նամակ գրել իմ ուսուցչին։"},
      {"ka", "შეგიძლია დამეხმარო წერილის დაწერაში?"},
      {"he", "אתה יכול לעזור לי לכתוב מכתב למורה שלי?"},
      {"ar", "هل يمكنك أن تساعدني في كتابة رسالة إلى معلمتي؟"},
      {"fa",
       "می‌توانی به من کمک کنی نامه‌ای برای معلمم "
       "بنویسم؟"},
      {"ur", "کیا آپ میری استانی کے نام خط لکھنے میں مدد کر سکتے ہیں؟"},
      {"hi", "क्या आप मुझे अपनी शिक्षिका को पत्र लिखने में मदद कर सकते हैं?"},
      {"mr", "तुम्ही मला माझ्या शिक्षिकेला पत्र लिहायला मदत कराल का?"},
      {"bn", "আপনি কি আমাকে একটি চিঠি লিখতে সাহায্য করতে পারেন?"},
      {"ta", "என் ஆசிரியருக்கு ஒரு கடிதம் எழுத உதவ முடியுமா?"},
      {"th", "ช่วยเขียนจดหมายถึงคุณครูให้หน่อยได้ไหม"},
      {"ko", "선생님께 보낼 편지를 쓰는 것을 도와줄 수 있어요?"},
      {"ja", "先生への手紙を書くのを手伝ってくれますか。"},
      {"zh", "你能帮我给老师写一封信吗？"},
      {"zh", "你能幫我給老師寫一封信嗎？"},
  };
  for (const auto& [code, text] : cases) {
    const LanguageGuess guess = Detector().Detect(text);
    EXPECT_EQ(guess.code, code) << text;
    EXPECT_GT(guess.confidence, 0.6) << text;
    EXPECT_LE(guess.confidence, 1) << text;
  }
}

TEST(LanguageDetector, SaysNothingOfWhatIsNoLanguage) {
  for (const std::string_view text : {
           "",
           " \n\t ",
           "ok",
           "42",
           "3.14159 2.71828",
           "https://example.com/a/page?id=7",
           "someone@example.com",
           ":-) <3 ^^",
           "\xF0\x9F\x98\x80\xF0\x9F\x8E\x89",
           "for (int i = 0; i < n; ++i) { sum += a[i]; }",
           "#include <vector>\n\nint main() {\n  return 0;\n}\n",
           "def area(radius):\n    return 3.14 * radius ** 2\n",
           "<div class=\"menu\"><a href=\"/\">Home</a></div>",
           "SELECT name, total FROM orders WHERE total > 100;",
           "2024-03-01 12:00:07 INFO [main] 200 GET /index 12ms\n",
           "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |",
           "\xff\xfe\xfd",
           "x",
           "{\"id\": 7, \"tags\": [\"new\", \"hot\"]}",
       }) {
    const LanguageGuess guess = Detector().Detect(text);
    EXPECT_EQ(guess.code, "und") << text << " taken for " << guess.name;
    EXPECT_EQ(guess.name, "unknown") << text;
    EXPECT_EQ(guess.confidence, 0) << text;
  }
}

TEST(LanguageDetector, KnowsShortPromptsAndPairsOfWords) {
  const struct {
    std::string_view code;
    std::string_view text;
  } cases[] = {
      {"en", "hello"},
      {"en", "tell me a joke"},
      {"en", "WRITE A POEM"},
      {"de", "guten Morgen"},
      {"de", "schöne Grüße"},
      {"fr", "bonjour à tous"},
      {"es", "buenos días"},
      {"it", "buongiorno signora"},
      {"pt", "muito obrigado"},
      {"pl", "dziękuję bardzo"},
      {"ru", "доброе утро"},
      {"uk", "добрий ранок"},
      {"tr", "günaydın arkadaşlar"},
      {"vi", "cảm ơn bạn"},
      {"fi", "hyvää huomenta"},
      {"ko", "안녕"},
      {"ja", "ありがとう"},
      {"zh", "谢谢"},
      {"ar", "صباح الخير"},
      {"he", "תודה רבה"},
      {"th", "ขอบคุณ"},
  };
  for (const auto& [code, text] : cases) EXPECT_EQ(Detector().Detect(text).code, code) << text;
}

TEST(LanguageDetector, LooksPastCodeAndAddressesToTheProseAroundThem) {
  EXPECT_EQ(Detector()
                .Detect("Warum läuft diese Schleife endlos?\n```c\nwhile (true) { i = i + "
                        "1; }\n```\nIch verstehe es einfach nicht.")
                .code,
            "de");
  EXPECT_EQ(Detector()
                .Detect("@someone https://t.example/x1Y2 quelle belle journée à la plage "
                        "#holiday")
                .code,
            "fr");
  EXPECT_EQ(Detector().Detect("请用 Python 写一个 quicksort 函数，并解释 partition 的作用").code,
            "zh");
}

TEST(LanguageDetector, JudgesALongTextByPartsOfIt) {
  std::string text;
  while (text.size() < 200'000) text += "Der alte Leuchtturm stand seit hundert Jahren am Rand. ";
  EXPECT_EQ(Detector().Detect(text).code, "de");
  std::string code_first = "```\n";
  while (code_first.size() < 50'000) code_first += "sum = sum + values[index];\n";
  code_first += "```\n";
  while (code_first.size() < 100'000)
    code_first += "Ten program dodaje do siebie wszystkie liczby. ";
  EXPECT_EQ(Detector().Detect(code_first).code, "pl");
}

TEST(LanguageDetector, IsSurerOfASentenceThanOfAWord) {
  const double word = Detector().Detect("casa grande").confidence;
  const double sentence =
      Detector().Detect("La casa grande de mi abuela está cerca de la estación.").confidence;
  EXPECT_GT(sentence, word);
  EXPECT_GT(sentence, 0.99);
}

TEST(LanguageDetector, AnswersMoreWhereLessConfidenceIsAsked) {
  const LanguageDetector bold = LanguageDetector::Create({.min_confidence = 0}).value();
  const LanguageDetector shy = LanguageDetector::Create({.min_confidence = 0.95}).value();
  const std::string_view text = "station central";  // English or French.
  EXPECT_NE(bold.Detect(text).code, "und");
  EXPECT_EQ(shy.Detect(text).code, "und");
}

TEST(LanguageDetector, RefusesAConfidenceThatIsNone) {
  for (const double wrong : {-0.1, 1.5, std::nan("")}) {
    EXPECT_FALSE(LanguageDetector::Create({.min_confidence = wrong}).has_value()) << wrong;
  }
}

TEST(LanguageDetector, ExplainsWithTheLikeliestFirst) {
  const auto evidence = Detector().Explain("Wo ist der Bahnhof?", 3);
  ASSERT_EQ(evidence.size(), 3);
  EXPECT_EQ(evidence[0].code, "de");
  EXPECT_GE(evidence[0].score, evidence[1].score);
  EXPECT_GE(evidence[1].score, evidence[2].score);
  EXPECT_GT(evidence[0].lid176, evidence[1].lid176);
  EXPECT_TRUE(Detector().Explain("123", 3).empty());
}

}  // namespace
}  // namespace parley
