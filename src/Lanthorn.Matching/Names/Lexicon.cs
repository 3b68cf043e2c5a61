using System.Collections.Frozen;

namespace Lanthorn.Matching;

/// <summary>
/// Words that are parts of names without naming anybody. Frozen and versioned: never learnt from the data, so that a
/// score is the same on every store. Collected by us from the naming customs and company laws of the countries concerned.
/// </summary>
internal static class Lexicon
{
    /// <summary>Grows when a table here changes, since scores change with it.</summary>
    public const int Version = 1;

    public static readonly FrozenSet<string> Particles = Set(
        "al el ul as ash ad an ar az at ed es er bin ben ibn bint binti binte bn ould wuld walad oulad van von der den "
            + "de da do dos das di del della dello la le lo las los du des y e ter ten zu zum zur ud ur af av d o "
            + "ال بن ابن بنت ولد آل ال"
    );

    /// <summary>Part of a name (Abu Bakr), but so common that it tells little.</summary>
    public static readonly FrozenSet<string> Fathers = Set("abu abou abo bu bou aba umm um om oum ابو ابي ابا ام");

    public static readonly FrozenSet<string> Servants = Set(
        "abd abdul abdel abdal abdur abdol abdoul abdool abdl adul bdul abdu عبد"
    );

    /// <summary>Abd with a letter lost; only before the article.</summary>
    public static readonly FrozenSet<string> MisspeltServants = Set("bd ad ab adb");

    public static readonly FrozenSet<string> Titles = Set(
        "mr mrs ms miss mister dr prof professor sir dame lord lady jr sr junior senior phd md hon rev sheikh shaikh "
            + "sheik shaykh cheikh haji hajji hajj hadji hadj al-haj mullah mulla maulavi mawlawi maulvi mawlavi molvi qari "
            + "hafiz ustad general gen colonel col captain capt major maj lieutenant lt brigadier brig commander admiral "
            + "president minister ambassador herr frau monsieur madame mme senor senora don dona prasident prinz prince "
            + "princess king queen emir amir imam ayatollah hojjatoleslam na nee alias aka fka dite engineer eng ing alhaji "
            + "الشيخ شيخ الحاج حاج الدكتور دكتور د السيد ملا مولوي قاري শেখ মোঃ মো হাজী г-н господин"
    );

    /// <summary>Titles that stand before very many names, with one letter lost.</summary>
    public static readonly FrozenSet<string> MisspeltTitles = OneLetterLost(
        "mullah mawlawi maulavi shaykh sheikh sayyid"
    );

    public static readonly FrozenSet<string> Stops = Set(
        "the of and for in on to at by & und et y e a an the de la du des der die das i и в во на по و في"
    );

    public static readonly FrozenSet<string> Generics = Set(
        "company group holding holdings international intl trading trade industries industry industrial services service "
            + "srvces corporation general bank foundation organization organisation enterprise enterprises association "
            + "institute university center centre commercial global world national systems solutions technology "
            + "technologies tech management consulting investment investments capital fund partners trust financial finance "
            + "shipping marine maritime transport logistics construction engineering energy oil gas petroleum import export "
            + "development production products manufacturing factory plant ministry office agency committee council society "
            + "union federation party movement front brigade army islamic state research science scientific airlines air "
            + "aviation electronics gruppe grupo groupe comercial industria servicios inversiones fundacion asociacion "
            + "банк компания группа завод центр фонд объединение предприятие торговый общество "
            + "مجموعة بنك مصرف التجارية العامة الدولية مؤسسة"
    );

    public static readonly FrozenSet<string> Places = Set(
        "europe asia africa america north south east west usa us uk uae china russia iran iraq syria lebanon libya egypt "
            + "turkey germany france spain italy netherlands nederland schweiz suisse switzerland sweden finland denmark "
            + "norway poland ukraine india pakistan afghanistan bangladesh japan korea mexico brasil brazil chile cuba "
            + "venezuela colombia panama cyprus malta dubai london moscow beijing shanghai singapore malaysia indonesia "
            + "eritrea ethiopia sudan somalia nigeria tunisia algeria morocco middle hong kong international"
    );

    /// <summary>Ships, by what they are rather than by their names.</summary>
    public static readonly FrozenSet<string> VesselPrefixes = Set("mv m/v mt ms ss fv sv vessel ship tanker");

    /// <summary>Names that so many people bear that sharing one says less. By consonants, in the spelling of the key.</summary>
    public static readonly FrozenSet<string> Frequent = Set(
        "muhammad mohamed mohammed mohammad mohamad muhammed ahmad ahmed ali hassan hasan hussein hussain husayn hosein "
            + "abdallah abdullah ibrahim omar umar khan mahmoud mahmud khalid yusuf youssef said saeed mustafa kim lee li "
            + "wang zhang chen nguyen singh kumar john maria jose david michael ivan sergei sergey vladimir aleksandr "
            + "alexander محمد احمد علي حسن حسين عبدالله ابراهيم عمر خان محمود خالد يوسف سعيد مصطفى иван сергей владимир александр"
    );

    /// <summary>Numbers in words; tens and units that follow each other are added.</summary>
    public static readonly FrozenDictionary<string, int> NumberWords = Numbers();

    /// <summary>First names that stand for each other; every word of a line has the first one's identity.</summary>
    public static readonly FrozenDictionary<string, string> SameName = Groups(
        "muhammad mohamed mohammed mohammad mohamad muhammed muhamad mohamet mouhamed mohd muhd mohamud maxamed محمد",
        "alexander aleksandr alexandr aleksander sasha alex александр саша",
        "vladimir volodymyr vova володимир владимир",
        "nikolai mykola nikolay kolya николай микола",
        "sergei sergey serhiy sergiy serhii сергей сергій",
        "dmitri dmitry dmytro dima дмитрий дмитро",
        "mikhail mykhailo misha михаил",
        "benjamin ben benny binyamin בנימין بنيامين вениамин",
        "theodore ted teddy",
        "william bill will billy",
        "robert bob rob bobby",
        "michael mike mick",
        "james jim jimmy jamie",
        "joseph joe",
        "thomas tom tommy",
        "richard rick dick",
        "edward ed eddie ned",
        "anthony tony",
        "daniel dan danny",
        "elizabeth liz beth lizzie",
        "katherine catherine kate kathy katie",
        "yusuf yousef youssef yousif joseph iosif"
    );

    private static FrozenSet<string> OneLetterLost(string words) =>
        words
            .Split(' ')
            .SelectMany(w => Enumerable.Range(1, w.Length - 1).Select(i => w.Remove(i, 1)))
            .ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Groups(params string[] lines)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in lines.Select(l => l.Split(' ')))
        foreach (var word in words)
            groups.TryAdd(word, words[0]);
        return groups.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, int> Numbers()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
            0,
            1
        );
        Add("seventeen eighteen nineteen", 17, 1);
        Add("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10);
        Add("fourty", 40, 1);
        Add("first second third fourth fifth sixth seventh eighth ninth tenth", 1, 1);
        Add("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th", 1, 1);
        return numbers.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string words, int from, int step)
        {
            foreach (var word in words.Split(' '))
            {
                numbers[word] = from;
                from += step;
            }
        }
    }
}
