using System.Collections.Frozen;

namespace Lanthorn.Matching;

/// <summary>
/// The legal forms of companies, as they are written, and what each amounts to. A form says how a company is founded, not
/// which one it is, so that it weighs next to nothing; the same form in two wordings is the same. Collected by us.
/// </summary>
internal static class LegalForms
{
    public const int MaxWords = 6;

    private static readonly FrozenDictionary<string, string> Forms = Build([
        "llc:limited liability company,llc,limited liability co,ltd liability company,ооо,ooo,obshchestvo s ogranichennoi "
            + "otvetstvennostyu,общество с ограниченной ответственностью,тов,tov,тоо,too,sarl,sàrl,srl,societatea cu raspundere "
            + "limitata,sociedad de responsabilidad limitada,societe a responsabilite limitee,gmbh,gesellschaft mit "
            + "beschrankter haftung,sp z oo,sp zoo,spolka z ograniczona odpowiedzialnoscia,sro,s r o,doo,d o o,bv,b v,bvba,"
            + "besloten vennootschap,lda,ltda,limitada,sl,kft,oü,ou,uab,sia,mchj,шпк,ذ م م,ذمم,شركة ذات مسؤولية محدودة,"
            + "有限公司,有限责任公司,合同会社,gk,wll,w l l,fze,fzco,fz llc,fzc",
        "ltd:ltd,limited,pty ltd,pty limited,proprietary limited,pvt ltd,private limited,pvt limited,pte ltd,pte,pvt,sdn "
            + "bhd,co ltd,company limited,co limited,תאגיד,בעמ",
        "jsc:jsc,joint stock company,joint stock compan,joint stock co,open joint stock company,ojsc,oao,оао,public joint "
            + "stock company,pjsc,pao,пао,closed joint stock company,cjsc,zao,зао,ao,ао,акционерное общество,открытое "
            + "акционерное общество,закрытое акционерное общество,публичное акционерное общество,ag,aktiengesellschaft,"
            + "aktiengeselschaft,sa,s a,societe anonyme,sociedad anonima,sa de cv,spa,s p a,societa per azioni,nv,naamloze "
            + "vennootschap,ab,aktiebolag,publ,as,a s,asa,oy,oyj,oyj abp,a/s,aktieselskab,plc,public limited company,se,"
            + "kgaa,ad,ад,dd,sae,ksc,psc,qsc,saoc,saog,شركة مساهمة,ش م,株式会社,kk,kabushiki kaisha,股份有限公司,"
            + "주식회사,anonim sirketi,tbk,pt",
        "inc:inc,incorporated,corp,corporation,co,company,cie,compagnie,compania,cia,شركة,компания,gesellschaft",
        "lp:lp,l p,limited partnership,llp,limited liability partnership,kg,gmbh & co kg,gmbh co kg,gmbh and co kg,ohg,"
            + "snc,scs,kd",
        "ip:ип,индивидуальный предприниматель,sole proprietorship",
        "npo:ev,e v,eingetragener verein,ngo,нко,ано",
        "su:фгуп,гуп,fgup,state unitary enterprise,federal state unitary enterprise,муп",
    ]);

    /// <summary>Shorter words with a letter lost are too often other words.</summary>
    private const int ShortestMended = 6;

    /// <summary>The longer words of the forms with one letter lost, so that LIMITD COMANY is still a form.</summary>
    private static readonly FrozenDictionary<string, string> Mended = WithOneLetterLost();

    /// <summary>The form that the words from <paramref name="start"/> on spell, and how many of them; 0 when none.</summary>
    public static (string? Form, int Words) Find(IReadOnlyList<Word> words, int start)
    {
        for (var length = Math.Min(MaxWords, words.Count - start); length > 0; length--)
        {
            var text =
                length == 1
                    ? Mend(words[start].Text)
                    : string.Join(' ', Enumerable.Range(start, length).Select(i => Mend(words[i].Text)));
            if (Forms.TryGetValue(text, out var form))
                return (form, length);
        }
        return (null, 0);
    }

    private static string Mend(string word) => Mended.GetValueOrDefault(word, word);

    private static FrozenDictionary<string, string> WithOneLetterLost()
    {
        var mended = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = Forms.Keys.SelectMany(f => f.Split(' ')).Where(w => w.Length >= ShortestMended).ToHashSet();
        foreach (var word in words.Order(StringComparer.Ordinal))
            for (var i = 0; i < word.Length; i++)
                if (word.Remove(i, 1) is var lost && !words.Contains(lost) && !Lexicon.Generics.Contains(lost))
                    mended.TryAdd(lost, word);
        return mended.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Forms that are written on to the name without a blank, as in Chinese.</summary>
    public static string? SuffixOf(string text) =>
        Suffixes.FirstOrDefault(s => text.Length > s.Length && text.EndsWith(s, StringComparison.Ordinal));

    public static string? FormOf(string text) => Forms.GetValueOrDefault(text);

    private static readonly string[] Suffixes = ["有限责任公司", "股份有限公司", "有限公司", "株式会社", "주식회사"];

    private static FrozenDictionary<string, string> Build(string[] lines)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var wording in line[(at + 1)..].Split(','))
                forms.TryAdd(wording.Trim(), line[..at]);
        }
        return forms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
