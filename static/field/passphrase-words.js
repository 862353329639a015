// Words for passphrases: 2 048, so that each is worth 11 bits; short, harmless, and so unlike one another that
// one wrong letter, or a keyboard without å, ä and ö, makes none of them another (tests/unit/test_passphrase_words.py).

export const WORDS = `
abborre abstrakt ackord addera adress advent affisch afton agenda akrobat aktiv akvarell akvarium alfabet
allergi allé almanack alpacka alpin ambition ambulans amfibie amiral amulett ananas andedräkt anemon angora
anis ankare ankdamm anmäla anorak anpassa ansikte ansjovis anspråk anteckna antenn antik apelsin apotek
applicera applåd april aptit arabesk arbete arena aria arkad arkipelag arkiv arktisk armband aroma aronia
arrangör artig artikel artist asfalt asfaltera askkopp aspekt assistent aster astronaut atlas atlet atom
aubergine augusti aula aurora autograf avenbok avgift avlång avokado avsats avsikt avspänd avtal axplock
azalea backe badanka badboll baddräkt badhytt badkar badminton badrum bagare baguette bakelse bakform
bakfram bakgård baksäte bakugn bakverk balans balett balkong bambu banan banjo bankomat banvakt bark barkbåt
barnbarn barnvagn barometer baronessa barrskog baryton basar basfiol basilika basket bastant basun bataljon
batteri bebis begonia bekant bekväm belgisk belopp belysning bensin berberis berg bergskam bergstopp berså
besked beskriva beskåda beslut bestick beställa betong betrakta betyg bevara bibliotek bidrag bikupa
bildruta biljard biljett bingo biodlare biologi biskvi bisonoxe bissera bjäbba bjäfs bjällra bjärt björk
björnbär bladlus blandning blank blinka blixt block blomkål blomma blommig blunda blus blyerts blyg
bläckfisk blästra blåbär blåhake blåklocka blåmes blåsig boaorm bofink boggi bokbuss bokcirkel bokhylla
bokmärke boksida bokskog bokskåp bokstav boll bolster bomull bonde bord bordduk borste bosätta botanik
bottna boulevard bowling brandbil brandgul brant bredband bredd breddgrad brevlåda bricka briljant brillor
bris broccoli broder brofäste brokig brons broschyr brumma brunn brygga brytare brädspel bränna bränsle
bråttom bröd brödrost bröstsim bubbelbad bubbla buffé bugning bukett buktig bulle bullrig bunke burspråk
buss busvissla butik bygd bygge byggsats byrå bäckfåra bädd bäddsoffa bälta bärbuske bärkasse bärnsten bäst
bäver båge båthus båtmotor båtresa bölja böna bönpall cabriolet cafeteria camping cello cement centrum
chaufför chiffer chili choklad cider cirkel cirkus citron clementin clown cykel cykelbana cykelväg cyklist
cymbal dagbok dagg daghem dagis dagsljus dagstur dalahäst dalgång damm dammsuga dansa dansare dansgolv
danssteg dataspel dator datum debatt december deciliter deklamera delad delfin delikat delta demokrati depå
design dessert detalj detektiv diagram dialekt dialog diamant dikt dilemma dimma dimmig diplom dirigent
dirigera diskho disktrasa distans docent docka doktor dokument domherre domkyrka dosa dotter dragkamp
dragkedja dragspel drake dressyr drivhus drivved droppe drottning druva dryck dröm dubbel duett duglig dunge
dunjacka dunkudde duntäcke durkslag dusch dykare dykning dynamo dyster däck dämpa dörr dörrmatta ebbe
ebenholts edelweiss egenskap ekbacke ekipage ekollon ekonom ekorre ekstock elbil elda eldfluga eldstad
elefant elektrisk element elev elevråd elftal elgitarr ellips elmätare elsladd emalj emblem enbuske endiv
energi energisk engelska enhörning enig enkel enskild entré entusiasm envar envis episod epok erbjuda eremit
erfaren esplanad espresso essä etage etapp etikett etsning etta euro evenemang exakt examen excellent
exempel expert extra fabel fabricera fabrik facit fackla fackverk fager fagott fakta falk fallskärm falukorv
familj fanfar fantasi farbror farled farmor farstu fart fartyg fasad fastän favorit feberfri februari fena
fest festival fetaost fiberrik ficklampa figur fikapaus fikon film filmjölk filosof finhacka finna finska
fint finurlig fiol firande firma fiskare fiskdamm fiskespö fiskmås fjord fjun fjäder fjäll fjällko fjäril
fjärran fjärrtåg flagga flaggspel flamingo flanell flaska flaskpost flaxa flinga flisa flit flod flodbank
flodhäst flora florist flottbro flyga flygel flygplan flytväst fläck fläkt fläskkorv flöjt flöte fokus
folkdans folkvisa fontän forell form formel forskare fossil fotbad fotboll foto fotograf fotspår frasig
fredag fregatt frihamn frihet friluft frimärke frisera frisk frisyr frodig frossa frost frukost frukt
fryntlig fräknar fräsch fröjd full fullmåne fundera funka furste fynd fyrkant fyrtorn fältspat fänkål färdig
färgkrita färja färsk fäste fåfäng fågelbo fågelsång fårskinn fåtölj född fölunge fönster förare förening
förgylla förklara förkläde förlag förmiddag förort förråd förstå försök förtjust gaffel galax galosch gammal
garage garantera gardin gasell gata gatlykta gavel gelé generös geni geografi gestalt getost gimmick gips
giraff gissa gitarr givmild glad glans glasbruk glasögon glimma glittra glob gloria glänta glömsk gnejs
gnida gnista gnola gnugga gobeläng godhet godis golfbana golfboll golv gondol gotik gourmet grafik gran
granit grannby granne granskog gratis gravyr green grepp grevinna grillkol grind groda grodman grop grotta
grundlig gryning gryta grädde gräddfil gräslök gräva grävling gråsparv grönsak grönska guide gulasch guld
guldfisk gullviva gunga gurka gyllene gymnast gädda gäng gärna gäspa gästbok gästrum gåshud gökur göra
gördel göromål hagel hagtorn hallon halmstrå halsband halsduk hammare hamn handboll handduk handske handtag
hantera hantverk harang harmoni harpa hattask havre havsbad havsbris havsörn hejare helgdag helium hemslöjd
herrgård himmel hink hiss historia hjortron hjul hjälm hjälte hjärtlig hobby holme honung hoppborg hopprep
horisont hotell humla hummer humor hundkoja hundvalp husdjur hushåll husvagn huva huvudort hyacint hybrid
hylla hyllning hyvel häfta hällmark hälsning händig hängbro häpen härlig hästsko hågad hållbar höjdhopp
hörnsten höst höstack höstlöv hövlig idealist idegran idrott idyll igelkott iglo iller imponera inbjudan
indigo industri influens ingefära ingång inkomst insekt insjö intresse inviga isbit isbjörn isfri ishall
ishockey isländsk istapp iver jaguar jakthund januari jasmin jeans jobba jogga jolle jonglör jordklot
jordnöt journal jubel jukebox julgran juli julklapp julkort jämlik jämvikt järnek järnspis järnväg jäsa
jättelik kabaré kabin kafferep kajak kajuta kakao kaktus kalas kalender kalkon kalkyl kalops kamel kamera
kamomill kamrat kanal kanot kantat kapell kaplan kappa kappsäck kaprifol kapsel karaff karamell karneval
karott kartbok karusell kasper kassett kastanj kastrull katalog kateder kavaj kavalkad kaviar kelgris kemist
keramik kikare kimono kinkig kiosk kiwi kjol klappra klarbär klassrum klaver klematis klimat klippa klister
klistra kloss klubba klyfta klämma klänning klättra knapp knastra knubbig knyppla kobolt kofta kokbok
kokosnöt kolibri kolonn koltrast kombi komedi komet komma kompass kompis kompott konditor konfetti kongress
konsert konst kontor kopia koppar korall korg korgboll korkek korridor korsord korthus kosmos kostym kotte
krabba kraftig krans krasse kratta kravla kremla kreta kringla kristall krokodil krokus krona kruka krukväxt
krusbär krydda kryp krämig kröning kubik kudde kullager kulram kulspets kultur kummin kung kunskap kupol
kurant kurva kusin kust kustväg kuvert kvadrat kvalitet kvartal kvartett kvast kvick kviga kvitter kvitto
kväll kyckling kyrka kyrktorn källare käpphäst kärra kärve kåldolme kålrot kåsör köksbord köpman körsbär
körsång labyrint lackera ladugård lagom lakan lakrits lamell landgång landskap landsväg lantbruk lantgård
lapphund lasagne lassa lastbil latmask lavendel lavin ledare ledig ledstång legend lejon lekplats leksak
lekstuga lektion lektyr lemonad leopard lergök leta levande lever lexikon lilja limerick limpa limstift
linbana lind lingon linjal linne linneduk lira listig livboj livbåt livlig livrem ljudbok ljummen ljung ljus
ljusblå lodjur logbok logik lokal lopp lucia luffare luftig lugn luktärt lunch lungört lupin lustgård
lutfisk lyckad lycklig lykta lyssna lägereld läktare längtan läroplan läsare läsesal läslig lättsam låda
långfärd långhelg lönn löpare lördag löskokt lövskog magasin magnet magnolia mahogny majs majskolv makaron
makrill mandarin mandel mandolin mango manual maraton margarin marin marinblå markis marknad marmelad
marsvin maskerad maskros massage matbord match matlåda matros matsal matta medalj meddela medvind mejeri
mejram melodi melodisk melon metall meter middag mild miljö mimosa minimal minut mirakel mistel mittfält
mjuk mjukost mjölk mobil modell modern modig moln molnfri monument moped morgon mormor morot mosaik mosse
moster motor motorbåt motto mugg mulen multna mungiga munk munspel murgröna murken muräna museum musik
musikal musiker muskot mussla mustasch mustig mynta myntverk myrstack mysig märke märla mässing mästare
mätbar måltid mångfald mångla månsken möte nacka nagelfil namnlapp namnsdag narciss natt natur naturlig
nebulosa nejlika nektar neon nerv neutral nickel nisch njuta nobel nolla nordlig norrsken norrut norska
notblad novell november nudlar nunna nyans nyfiken nyhet nylon nypa nyttig nyttja nyår näbb näckros närma
näsduk nässla nätverk nålsöga nöjd nötkaka nötskal oavgjord oboe ocean odla odlare odling ofarlig oktav
oktober oliv olivolja ombord ombud omelett omgång omlott omvänd onsdag opal opera operett optik optimist
orange ordbok ordföljd ordlek ordna oregano orgel original orkan orkester orkidé ormbunke orrtupp orsak
osthyvel ostkaka ostlig ostron oväntad ozon paddla pagod pajas pajform paket palats palissad palm panda
panel pannkaka panorama pantbank papegoja papper paprika parad paradis parasoll parkbänk parkett partitur
passare passion pasta pastej pastell patiens patron paus pedal pelare pelargon pelarsal pelikan pendel
pengar pension pensla peppar perenn period perrong persika persilja personal pianist piano picknick pigg
pilbåge pilgrim pilot pimpsten pincett pingis pingvin pion pipa pippi pirat piruett pizza plakat planet
planka plantera plask platt plikt plocka plog plommon pluggis plym plånbok poesi polarräv polera polka
pollen porslin portfölj portion portlås porträtt portvin positiv postbil postkort postlåda potatis poäng
praktik pralin present primör prins prisma problem produkt profil program projekt promenad propp prosit
prova provrum prydlig präst publik pudding pudel puffa puls pulver pumpa punkt punktlig purjolök pussel
pyramid pyton pärlemor pågå pålitlig pålägg påse rabarber rabatt racket radar radband radhus radio radiobil
rampljus ramsa rand ranka rapphöna rapport rask rastlös realist recept redaktör redskap refräng regatta
regel regent regera regnbåge regnrock regnskog reklam rekord rektor renovera reparera reporter repstege
reptil resväska retorik retur revy ribba riddare ridå riksväg riskaka ritning rival robot rockad rodna rolig
roman romb rondell rosenrot rosett rosmarin rotera rotfrukt rotmos rovfågel rubin rubrik rucola rullstol
rumba rundbåge rundtur runsten ruska rustik ruta ryggsäck ryktbar rymd rytm räkna räkning rälsbuss rättvis
råbiff rådjur rågbröd rödbeta rödbrun rödhake rödlök rönnbär rösta safari saffran safir saft sagobok sagolik
salami saldo salong salsa salut samband sambo samla samling samspel samtal sandal sandlåda sanning sardell
satellit satin saxa saxofon scarf scen schack schema sedan sedel segelbåt segelduk seger segla seglare
sekund selleri semester senap serenad serie serva servett servis sexkant siden siffra signal silke silver
simhall simning simpel singla sirap sirlig sittbänk sjal sjunga sjutton sjöhäst sjöman sjömil sjömärke skabb
skafferi skala skaldjur skatt sked skejta skepp skida skidspår skiffer skinka skiss skissbok skogssjö
skogstur skohorn skolbok skolgård skorpa skorsten skridsko skrin skriva skrubb skruv skugga skulptur skumpa
skurhink skyffel skylt skymning skymta skärgård skärm skåp skörd skötsam slagruta slalom sleva slingra slips
slipsten slott slup släde slända släpvagn slånbär slöja smaka smaragd smidig smink smultron smycke smyga
smältost småkaka småprata småsten smör smörgås smörja snabel snickare snigel snipa snirkel snitsig snubbla
snurra snygg snyta snäll snöboll snögubbe socker soffa solbad solcell solhatt solros solsken solur sommar
sonat soppa sopran sorbet sordin sorl sova spagat spagetti spannmål sparris spegel spektrum spelkort spenat
spets spetsig spik spinna spiral spjut sporre sportbil sportlov spricka springa sprudla spröd späd spännare
spänne spårhund spårvagn spöa stadig stadion stadsdel stadshus staffli staket stamp stapel start statist
stativ statyett stege steka stenbock stensöta steppa stereo stilig stilla stimma stjälk stjärna stock stolpe
stolt storm strand strategi streck strimla struktur strumpa strut sträcka stråhatt ström strössel stubbe
student studera studio stuga stund stygn styrka städa städskåp stämning stängsel stödja störst stövel
substans succé sudd sufflé sugrör surdeg surfa surr svaja svalka svarv svensk sväng sydväst symaskin symbol
symfoni syntes synål syren syrsa syskon system säker sälg sällskap säregen säte sågspån sångbok södergök
sökare söndag sötsak tabell tablett taggtråd taktik takås talang tallrik tambur tandem tandkräm tangent
tapet tapir taverna tavla taxi taxibil teater tecken teckna teckning tejp teknik telefon teleskop telning
tema tempel tempera tempo tenn tennis tenor teori termin termos terrass terrier text tidning tiger tillit
tillsats tillväxt timjan timme tisdag titel tivoli tjugo toalett toffla tolk tolkning tomat tomte tonfisk
tonåring topas torka torn torsdag torsk traktor trall trampa trapets trapphus trav trefot trekant trevlig
triangel triatlon trick trikå trilla trim trivas trogen trolleri trombon tropisk trottoar trubadur trummis
trumpet trupp tryffel trygg trygghet tryne trädgård träffa träna träslöjd tröja tuba tuff tuggummi tulpan
tumvante tundra tunika tunnel tupplur turban turist turkos turnera tusen tvätt tvål tvåtusen tygpåse tyll
typisk tyska tyst tälja täljkniv tält tältduk tändare tågresa tålamod tårta törnros udda uggla ukulele
ullgarn ullvante ulster underbar underlag ungdom ungefär uniform uppdrag uppfart uppfinna uppgift uppleva
uppsats upptåg urna urskog utbud utekatt utelek utflykt utfärd utkant utkik utrop utsikt utställa uttala
uttryck utvandra utväg uvertyr vacker vadare vagga vagn vajer vaken vaktel valack valfri vallmo valnöt
valross vals valthorn vandra vandrare vandring vanilj vante vardag varm varmkorv varuhus vatten vaxduk
vaxljus vecka vedbod vedspis vedträ veranda verbal verkstad vers vete vetemjöl veteran vetgirig viadukt
vickning video viking vildand vildsvin villa villig vinbär vindruva vinge vinka vinst vinter violin virvel
visdom visent visgrupp vispa vissla vistas vitlök vitsippa volang volley volontär volt vulkan vuxen vykort
vägkarta vägskäl välkomst vällagad vänlig väska västkust växel växla växthus våffla vågig våning vårdträd
vårlök yacht ymnig yngling yoga yrke ytlig yttre yvig zebra zenit zodiak zoolog zoom zucchini ädel äggkopp
äggröra ägodel älska ämne ängel äppelmos äppelpaj äpple ärende ärtskida ärtsoppa även äventyr åkeri ålder
ålderdom ångbåt ånglok åretrunt årgång årskort årstid åskådare åsna återbruk återse återväg åttonde ödmjuk
ögonbryn ögrupp ökenräv ömsom önska öppen öppning öring örngott örtagård örtsalt östan överflöd övergång
överrock övning
`.trim().split(/\s+/);
