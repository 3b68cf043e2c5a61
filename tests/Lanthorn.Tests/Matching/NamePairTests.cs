namespace Lanthorn.Tests.Matching;

/// <summary>
/// Pairs of names that must match and that must not, by script and by custom of naming; 0.70 is the threshold of use. The
/// names are common ones put together, or those of public figures.
/// </summary>
public sealed class NamePairTests
{
    private const double Threshold = 0.7;

    [Theory]
    // Arabic
    [InlineData("محمد أحمد الطيب", "Mohamed Ahmed al-Tayeb")]
    [InlineData("عبد الفتاح السيسي", "Abdel Fattah el-Sisi")]
    [InlineData("يوسف الشاهد", "Youssef Chahed")]
    [InlineData("خليفة حفتر", "Khalifa Haftar")]
    [InlineData("فائز السراج", "Fayez al-Sarraj")]
    [InlineData("نُورِي المَالِكِي", "Nouri al-Maliki")]
    [InlineData("عبدالله صالح", "Abdullah Saleh")]
    [InlineData("عبد الله صالح", "عبدالله صالح")]
    // Persian
    [InlineData("محمود احمدی‌نژاد", "Mahmoud Ahmadinejad")]
    [InlineData("حسن روحانی", "Hassan Rouhani")]
    [InlineData("مسعود پزشکیان", "Masoud Pezeshkian")]
    [InlineData("محمد جواد ظریف", "Mohammad Javad Zarif")]
    // Pashto
    [InlineData("محمد داود", "Mohammad Daud")]
    [InlineData("اشرف غني", "Ashraf Ghani")]
    [InlineData("ګلبدین حکمتیار", "Gulbuddin Hekmatyar")]
    // Urdu
    [InlineData("عمران خان", "Imran Khan")]
    [InlineData("نواز شریف", "Nawaz Sharif")]
    [InlineData("آصف علی زرداری", "Asif Ali Zardari")]
    // Ge'ez
    [InlineData("ኤርሚያስ ግርማይ", "Ermias Ghermay")]
    [InlineData("ኢሳይያስ ኣፈወርቂ", "Isaias Afwerki")]
    [InlineData("ዐቢይ አሕመድ", "Abiy Ahmed")]
    [InlineData("መለስ ዜናዊ", "Meles Zenawi")]
    [InlineData("ተስፋዬ ገብረኪዳን", "Tesfaye Gebrekidan")]
    // Bengali
    [InlineData("শেখ হাসিনা", "Sheikh Hasina")]
    [InlineData("মুহাম্মদ ইউনূস", "Muhammad Yunus")]
    [InlineData("খালেদা জিয়া", "Khaleda Zia")]
    // Cyrillic
    [InlineData("Владимир Путин", "Vladimir Putin")]
    [InlineData("Сергей Шойгу", "Sergei Shoigu")]
    [InlineData("Володимир Зеленський", "Volodymyr Zelenskyy")]
    [InlineData("Никита Хрущёв", "Nikita Khrushchev")]
    [InlineData("Борис Ельцин", "Boris Yeltsin")]
    // Greek, Hebrew, Georgian, Armenian
    [InlineData("Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis")]
    [InlineData("Αλέξης Τσίπρας", "Alexis Tsipras")]
    [InlineData("בנימין נתניהו", "Benjamin Netanyahu")]
    [InlineData("יצחק רבין", "Yitzhak Rabin")]
    [InlineData("მიხეილ სააკაშვილი", "Mikheil Saakashvili")]
    [InlineData("ბიძინა ივანიშვილი", "Bidzina Ivanishvili")]
    [InlineData("Նիկոլ Փաշինյան", "Nikol Pashinyan")]
    [InlineData("Սերժ Սարգսյան", "Serzh Sargsyan")]
    // Kurdish in both scripts
    [InlineData("مەسعود بارزانی", "Masoud Barzani")]
    [InlineData("جەلال تاڵەبانی", "Jalal Talabani")]
    // Chinese, Korean
    [InlineData("习近平", "Xi Jinping")]
    [InlineData("毛泽东", "Mao Zedong")]
    [InlineData("김정은", "Kim Jong-un")]
    public void A_name_is_recognised_in_another_script(string a, string b) => Matches(a, b);

    [Theory]
    // Nasab chains and what may be left out of them
    [InlineData("Osama bin Laden", "Usama ibn Laden")]
    [InlineData("Osama bin Mohammed bin Awad bin Laden", "Osama bin Awad bin Laden")]
    [InlineData("Mohamed Ould Abdel Aziz", "Muhammad Wuld Abdalaziz")]
    // Kunya
    [InlineData("Abu Bakr al-Baghdadi", "Abou Bakr el Baghdadi")]
    // Servant of
    [InlineData("Abd al-Rahman al-Milad", "Abdurrahman Milad")]
    [InlineData("Abdul Karim Qasim", "Abdelkarim Kassem")]
    // Double surnames
    [InlineData("Gabriel García Márquez", "Gabriel Garcia Marquez")]
    [InlineData("Andrés Manuel López Obrador", "Andres Lopez Obrador")]
    [InlineData("Luiz Inácio Lula da Silva", "Luiz Lula da Silva")]
    // Patronymics
    [InlineData("Vladimir Vladimirovich Putin", "Vladimir Putin")]
    [InlineData("Sergey Viktorovich Lavrov", "Sergei Lavrov")]
    // Initials, nicknames, order, particles, titles
    [InlineData("Hans J. Friedrich", "Hans Joachim Friedrich")]
    [InlineData("William Clinton", "Bill Clinton")]
    [InlineData("Merkel, Angela", "Angela Merkel")]
    [InlineData("Ursula von der Leyen", "Ursula Leyen")]
    [InlineData("Dr. Angela Merkel", "Angela Merkel")]
    [InlineData("Haji Mohammad Ayub", "Mohammad Ayub")]
    // Written together and apart, misspelt
    [InlineData("Nur al-Din Tantawi", "Nureddin Tantawi")]
    [InlineData("Emmanuel Marcon", "Emmanuel Macron")]
    [InlineData("Vladmir Putn", "Vladimir Putin")]
    public void A_person_is_recognised_by_the_customs_of_naming(string a, string b) => Matches(a, b);

    [Theory]
    [InlineData("Sergey Viktorovich Lavrov", "Sergey Borisovich Lavrov")]
    [InlineData("Vladimir Putin", "Vladimir Medvedev")]
    [InlineData("Roman Abramovich", "Robert Abramovich")]
    [InlineData("Maria Sánchez", "Mario Sánchez")]
    [InlineData("Daniela Gomez", "Daniel Gomez")]
    [InlineData("Saddam Hussein al-Dulaimi", "Saddam Hussein al-Tikriti")]
    [InlineData("Abu Ubaydah al-Maghrebi", "Abu Ubaydah al-Anabi")]
    [InlineData("Carlos Saldívar", "Carlos Salinas")]
    [InlineData("Bart De Vries", "Bart De Wever")]
    [InlineData("Mohamed", "Mohamed Ahmed Salim")]
    [InlineData("محمد شريف السوداني", "محمد شياع السوداني")]
    [InlineData("محمد صالح", "Mohamed Hassan")]
    [InlineData("ኤርሚያስ ተስፋይ", "Ermias Ghermay")]
    [InlineData("Иван Сидоров", "Ivan Petrov")]
    [InlineData("習近平", "Li Keqiang")]
    [InlineData("김정일", "Kim Yong-nam")]
    [InlineData("דוד כהן", "Ayub Khan")]
    [InlineData("শেখ হাসিনা", "Sheikh Mujib")]
    public void Another_person_is_not_taken_for_the_same(string a, string b) => Differs(a, b);

    [Theory]
    [InlineData("Siemens Aktiengesellschaft", "Siemens AG")]
    [InlineData("Vodafone Limited", "Vodafone Ltd")]
    [InlineData("ООО Байкал", "Baikal LLC")]
    [InlineData("Oboronnye Initsiativy OOO", "OOO Oboronnye Initsiativy")]
    [InlineData("Open Joint Stock Company Gazprom", "OAO Gazprom")]
    [InlineData("Brigade Forty-Four", "Brigade 44")]
    [InlineData("1st International Bank", "First International Bank")]
    [InlineData("Good Will Company", "Goodwill Company")]
    [InlineData("A.B.C. Company", "ABC Co.")]
    [InlineData("PLA", "People's Liberation Army")]
    public void A_company_is_recognised_whatever_its_legal_form(string a, string b) =>
        Assert.True(Subjects.Score(a, b, "Company") >= Threshold, $"{Subjects.Score(a, b, "Company"):0.000}");

    [Theory]
    [InlineData("CVC Trading LLC", "Al Noor Trading LLC")]
    [InlineData("Bank of Damascus", "Bank of Khartoum")]
    [InlineData("Bowne of Atlanta, Inc.", "Bowne of Boston, Inc.")]
    [InlineData("General Trading Company", "General Shipping Company")]
    [InlineData("Westminster Holdings Ltd", "Holdings Ltd")]
    public void Words_that_every_company_bears_make_no_match(string a, string b) =>
        Assert.True(Subjects.Score(a, b, "Company") < Threshold, $"{Subjects.Score(a, b, "Company"):0.000}");

    [Fact]
    public void What_is_left_out_costs_less_than_what_is_different()
    {
        var missing = Subjects.Score("Sergey Lavrov", "Sergey Viktorovich Lavrov");
        var different = Subjects.Score("Sergey Borisovich Lavrov", "Sergey Viktorovich Lavrov");
        Assert.True(Subjects.Score("Sergey Lavrov", "Sergey Lavrov") > missing);
        Assert.True(missing > different + 0.1);
    }

    [Fact]
    public void Two_names_that_many_bear_say_less_than_two_that_few_bear() =>
        Assert.True(
            Subjects.Score("Zerihun Habtemariam", "Zerihun Berhane Habtemariam Gebreselassie")
                > Subjects.Score("Carlos Cruz", "Juan Carlos Cruz Ovalle")
        );

    private static void Matches(string a, string b) =>
        Assert.True(Subjects.Score(a, b) >= Threshold, $"{Subjects.Score(a, b):0.000}");

    private static void Differs(string a, string b) =>
        Assert.True(Subjects.Score(a, b) < Threshold, $"{Subjects.Score(a, b):0.000}");
}
