/* mood-words.c: the word list and how it is found: open hashing of whole words. */

#include "config.h"

#include "sentiment/mood-words.h"

#include "sentiment/mood-text.h"

#define MOST_CHARACTERS 16
#define SLOTS 8192

typedef struct
{
  MqWordKind  kind;
  const char *words;
} List;

static const List chinese[] = {
  { MQ_WORD_POSITIVE,
    "好 不错 喜欢 满意 高兴 开心 快乐 舒服 舒适 方便 干净 漂亮 好看 好吃 好用 好喝 好闻 实惠 划算 便宜 值得 值 推荐 耐用 耐穿 结实 热情 周到 贴心 细心 用心 耐心 友好 礼貌 放心 安心 靠谱 精致 精美 精彩 流畅 清晰 清楚 合适 合身 柔软 新鲜 美味 可口 香 甜 专业 及时 准时 迅速 快捷 给力 优秀 优质 优惠 实用 划得来 温馨 温暖 感动 感谢 谢谢 幸福 期待 支持 赞 点赞 好评 回购 惊喜 有趣 好玩 可爱 聪明 成功 顺利 顺畅 轻松 省心 省事 省电 安静 宽敞 明亮 美丽 美好 帅 酷 爱 棒 牛 强 实在 正品 诚信 良心 负责 信赖 信任 有用 受益 享受 欣赏 佩服 祝福 恭喜 欢迎 感恩 治愈 厉害 到位 稳定 灵敏 时尚 大方 厚实 透气 好听 好心情 心情好 过瘾 带劲 有意思 有诚意 高端 大气 正宗 地道 入味 鲜美" },
  { MQ_WORD_VERY_POSITIVE, "完美 超赞 最爱 太棒 棒极了 爱不释手 物超所值 物美价廉 无可挑剔 一流 极好 绝佳 绝了 惊艳 五星 满分 真香 爱死 超值 超棒 卓越 好极了 赞不绝口 心满意足 大赞 强烈推荐 没得说 挑不出 后悔没早 后悔没有早 相见恨晚 值了 惊喜连连 不二之选 名不虚传 没有之一" },
  { MQ_WORD_NEGATIVE,
    "差 坏 烂 糟 慢 贵 难吃 难看 难用 难受 难过 难闻 难听 难喝 失望 生气 伤心 痛苦 讨厌 烦 烦人 郁闷 后悔 不满 不爽 粗糙 破损 破旧 陈旧 脏 臭 异味 吵 嘈杂 吵闹 冷漠 敷衍 欺骗 骗人 骗 假 假货 假的 山寨 次品 劣质 毛病 问题 故障 瑕疵 缺陷 掉色 起球 褪色 漏水 漏油 卡顿 死机 发热 发烫 异响 抖动 噪音 坑 坑人 忽悠 浪费 退货 退款 投诉 差评 麻烦 恶劣 恶心 无聊 无语 无奈 失败 拖沓 冷淡 傲慢 可惜 遗憾 担心 害怕 恐怖 可怕 焦虑 紧张 孤独 悲伤 悲剧 哭 眼泪 心痛 心疼 委屈 愤怒 气愤 气人 无耻 缺货 迟到 晚点 拥挤 闷 刺鼻 刺激 疼 痛 累 崩溃 绝望 倒霉 惨 愚蠢 弱智 傻 白痴 无用 没用 没有用 白花 白费 没法用 退不了 不了了之 没下文 交智商税 智商税 好看不中用 鸡肋 过期 变质 发霉 拉肚子 缺斤少两 偷工减料 不耐烦 小气 抱怨 嫌弃 鄙视 别买 上当 受骗 歧视 抄袭 乏味 俗套 做作 啰嗦 腻 辣眼" },
  { MQ_WORD_VERY_NEGATIVE, "垃圾 太差 极差 最差 糟糕 糟透了 烂透了 差劲 恶心死 骗子 气死 极其差 坑爹 黑心 无良 奇葩 黑店 渣 滚 去死 恨 痛恨 烂片 烂书 破烂 噩梦 惨不忍睹 一塌糊涂 忍无可忍" },
  { MQ_WORD_NOT, "不 没 没有 未曾 并没有 并不 不曾 没一点 毫不 无 别 未 勿 莫 并非 毫无 绝非 从不 从未 未能 无法 谈不上 算不上 称不上 说不上 不是 不会 不太 不怎么 不够 不算 不觉得 不见得 没什么 没啥 没人 再也不 再也没" },
  { MQ_WORD_BUT, "但 但是 可是 不过 然而 只是 就是 可惜 却 反而 结果 后来 现在" },
  { MQ_WORD_NOT_OVER, "不但 不仅 不光 不只 不断 不同 不管 不论 不知 不愧 不禁 不由 不可思议 不停 不得不 不要太 不得了 不用说 无论 无线 无数 无意 无比 无非 特别 别人 别家 别的 别墅 分别 区别 级别 性别 个别 告别 未来 未必 莫名 非常 差不多 差点 了不起 没准 没错 不少 不久 不时 不一会 恨不得 不妨 不止 不仅如此 没想到 想不到 不料 只不过 无论如何 不得 不要 不用 不已 不行了 不管怎样 不亦乐乎 毫不犹豫 不由得 好多 好像 好几 只好 正好 刚好 还好 幸好 最好 好好 爱好 好不容易 问题不大 香港 香水 香烟 甜蜜 强迫 强烈 勉强 值班 值日 贵州 高贵 贵宾 假如 假期 放假 假日 请假 暑假 寒假 差别 时差 出差 哭笑 坏人 破坏 慢慢 烦恼 烂漫 冲动 闷热 累计 积累 痛快 心累 傻瓜 惨重 酷热 牛奶 牛肉 牛仔 蜗牛 赞助 爱情 爱人 恋爱 可爱" },
};

static const List english[] = {
  { MQ_WORD_POSITIVE,
    "good nice great fine happy glad pleased satisfied satisfying enjoy enjoyed enjoyable enjoying like liked likes lovely fun funny comfortable beautiful pretty cute helpful friendly kind kinder fast quick easy clean fresh tasty useful useable reliable sturdy solid durable worth worthwhile recommend recommended appreciate appreciated thanks thank grateful smooth smart clever impressive impressed impress interesting cool sweet charming charm elegant affordable cheap bargain value well best better win wins won success successful hope hopeful excited exciting smile smiling laugh joy joyful peaceful calm proud relief relieved support safe secure accurate bright warm welcome congratulations congrats favorite favourite gorgeous handsome delicious fabulous brilliant stunning decent fair right special thoughtful generous polite professional promising refreshing rich strong sharp convenient compact quiet works worked cheers yay haha lol entertaining touching moving compelling engaging hilarious witty sincere penny smiles fresh tasty spotless accommodating attentive grateful" },
  { MQ_WORD_VERY_POSITIVE, "love loved loves loving perfect perfectly excellent amazing awesome fantastic wonderful outstanding superb incredible terrific magnificent marvelous flawless delighted thrilled adore adorable masterpiece exceptional phenomenal spectacular" },
  { MQ_WORD_NEGATIVE,
    "bad poor poorly wrong broken broke break breaks fail fails failed failure problem problems issue issues complaint complaints complain difficult hard slow late expensive pricey overpriced noisy loud dirty cheaply ugly boring bored dull sad unhappy angry annoyed annoying upset disappointed disappointing disappointment disappoint disappoints regret regrets sorry useless unreliable flimsy weak cold rude unfriendly unhelpful scratch scratched damaged damage defective defect faulty fault leak leaks leaking crash crashes crashed error errors bug bugs buggy stupid silly dumb fake lie lies liar cheat scam fraud waste wasted lack lacks lacking lacked missing lost lose loses loser hurt hurts pain painful sick ill afraid scared scary fear worry worried worse unfortunately pathetic ridiculous mediocre bland stale tired lonely cry crying tears miserable depressed depressing confusing confused frustrating frustrated trouble troubled doubt fuss mess messy refund returned return stuck delay delayed ignore ignored mistake mistakes dead kill killed death war crisis corrupt racist tragedy victim shame ashamed embarrassing gross nasty pretentious tedious predictable contrived clumsy shallow pointless hollow refund refunds apology complained rip-off ripoff dishonest unpleasant uncomfortable unusable unfair unsafe unclear painfully misleading misled avoid avoided torn stained smelly stink stinks smell burnt soggy" },
  { MQ_WORD_VERY_NEGATIVE, "terrible awful horrible worst hate hated hates disgusting disgusted garbage trash crap rubbish sucks suck sucked shit shitty fucking fucked atrocious appalling dreadful horrendous abysmal unacceptable nightmare disaster evil furious junk lousy" },
  { MQ_WORD_NOT, "not no never none nothing nobody neither nor without hardly barely scarcely cannot n't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't haven't hasn't hadn't ain't lack lacks lacking lacked stop dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt havent hasnt hadnt aint nope zero" },
  { MQ_WORD_COULD_NOT, "couldn't can't couldnt cant cannot" },
  { MQ_WORD_BUT, "but however though although yet unfortunately except until" },
};

typedef struct
{
  guint64 hashes[SLOTS]; /* of whole words; no two are the same */
  guint8  kinds[SLOTS];  /* MqWordKind; MQ_WORD_NONE: free */
} Words;

static Words chinese_words;
static Words english_words;
guint32      mq_mood_word_places[65536];

/* Where the word is, or where it would go. */
static inline guint
find_slot (const Words *words, guint64 hash)
{
  guint slot = hash & (SLOTS - 1);

  while (words->kinds[slot] != MQ_WORD_NONE && words->hashes[slot] != hash)
    slot = (slot + 1) & (SLOTS - 1);
  return slot;
}

/* Which lengths of words have a character in their first, second or third place. */
static void
note_places (const guint16 *word, guint n, MqWordKind kind)
{
  g_assert (n <= MQ_MOOD_WORD_LONGEST);
  if (n == 1)
    mq_mood_word_places[word[0]] = (mq_mood_word_places[word[0]] & 0xffffff) | (guint32) kind << 24;
  for (guint i = 0; i < MIN (n, 3); i++)
    mq_mood_word_places[word[i]] |= 1u << (8 * i + n - 1);
}

static void
add_word (Words *words, const char *text, gsize length, MqWordKind kind)
{
  guint16     units[MOST_CHARACTERS + MQ_MOOD_BEHIND] = { 0 };
  const char *end = text + length;
  guint       n = 0, slot;

  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      g_assert (n < MOST_CHARACTERS);
      units[n++] = g_utf8_get_char (at);
    }
  if (words == &chinese_words)
    note_places (units, n, kind);
  slot = find_slot (words, mq_mood_hash_word (units, n));
  words->hashes[slot] = mq_mood_hash_word (units, n);
  words->kinds[slot] = kind;
}

static void
add_lists (Words *words, const List *lists, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (const char *at = lists[i].words; *at != '\0';)
      {
        gsize length = strcspn (at, " ");

        add_word (words, at, length, lists[i].kind);
        at += length + strspn (at + length, " ");
      }
}

void
mq_mood_words_prepare (void)
{
  static gsize ready;

  if (!g_once_init_enter (&ready))
    return;
  add_lists (&chinese_words, chinese, G_N_ELEMENTS (chinese));
  add_lists (&english_words, english, G_N_ELEMENTS (english));
  g_once_init_leave (&ready, 1);
}

MqWordKind
mq_mood_word_find (const guint16 *text, guint lengths, guint *length)
{
  while (lengths > 1)
    {
      guint      n = g_bit_storage (lengths);
      MqWordKind kind = chinese_words.kinds[find_slot (&chinese_words, mq_mood_hash_word (text, n))];

      if (kind != MQ_WORD_NONE)
        {
          *length = n;
          return kind;
        }
      lengths ^= 1u << (n - 1);
    }
  *length = lengths;
  return lengths == 1 ? (MqWordKind) (mq_mood_word_places[*text] >> 24) : MQ_WORD_NONE;
}

MqWordKind
mq_mood_word_english (guint64 hash, gsize n)
{
  return n <= MOST_CHARACTERS ? english_words.kinds[find_slot (&english_words, hash)] : MQ_WORD_NONE;
}

const char *
mq_mood_words (MqWordKind kind, gboolean in_chinese)
{
  const List *lists = in_chinese ? chinese : english;
  gsize       n = in_chinese ? G_N_ELEMENTS (chinese) : G_N_ELEMENTS (english);

  for (gsize i = 0; i < n; i++)
    if (lists[i].kind == kind)
      return lists[i].words;
  return "";
}
