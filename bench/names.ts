/** Invented people's names, the common ones first: a school has several of some and one of most. */
const split = (names: string): readonly string[] => names.trim().split(/\s+/)

export const givenNames = split(`
  Muhammad Olivia Noah Amelia Oliver Isla Leo Ava George Lily Arthur Freya Harry Sophia Jack Grace Charlie Maya Theo Zainab
  Ibrahim Florence Jacob Ivy Oscar Willow Adam Aisha Alfie Evie Yusuf Rosie Finley Maryam Thomas Layla Hugo Fatima Aryan
  Emily Kacper Zofia Mohammed Amelie Ethan Ella Lucas Khadija Kai Poppy Rayan Hana Jude Phoebe Dylan Daisy Ezra Sienna
  Tomasz Hannah Arjun Elsie Rory Amina Jayden Matilda Omar Violet Callum Safa Reuben Esme Filip Nevaeh Kian Orla Zachary
  Simran Caleb Aaliyah Bilal Martha Ellis Precious Toby Darcey Hamza Imogen Levi Chloe Riley Anaya Ronnie Julia Sebastian
  Temi Ralph Oluwaseun Bobby Nia Gabriel Skye Hassan Beatrice Blake Jasmine Ayaan Lottie Frankie Ewa Albie Summer Chidi
  Rowan Ines Louis Tilly Dhruv Molly Stanley Wiktoria Elijah Robyn Harvey Mabel Tyler Anwen Vinnie Ruqayya Otis Connie`)

export const familyNames = split(`
  Smith Khan Jones Patel Williams Hussain Taylor Ali Brown Ahmed Davies Begum Evans Singh Wilson Kaur Thomas Roberts Johnson
  Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris Martin Jackson Clarke Clark Turner Hill Scott
  Cooper Morris Ward Moore King Watson Baker Harrison Morgan Mahmood Allen James Bennett Shah Phillips Cook Lee Parker Miller
  Nowak Adams Bailey Kelly Price Richards Iqbal Cox Marshall Collins Richardson Shaw Bell Foster Akhtar Simpson Chapman
  Kowalski Mason Webb Rogers Hunt Mills Rashid Knight Butler Barnes Okafor Fisher Palmer Stevens Dixon Holmes Pearson Grant
  Adeyemi Matthews Hughes-Price Owen Lewandowska Murray Gibson Graham Ellis Hamilton Wójcik Stewart Reid Murphy Malik Fletcher
  O'Connor Sutton Popescu Gallagher Bradley Osei Newman Lowe Whitehouse Francis Chaudhry Barker Doyle Fowler Nguyen Mensah
  Brady Sharma Ibrahim Pham Petrov Doherty McKenzie Eze Zielińska Ionescu Farah Abdi Tran Da-Silva Szabo Novak Rees-Hart`)

export const streets = split(`
  Orchard Mill Church School Station Victoria Albert Green Park Queen King Manor Grange Chapel Meadow Brook Hawthorn Elm`)
